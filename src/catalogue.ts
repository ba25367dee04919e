// The rooms of the house, in their order: all that the graph is made of.
import { Catalogue } from "./database/declare/catalogue";
import { collaboration } from "./collaboration/room";
import { knowledge } from "./knowledge/room";
import { networks } from "./networks/room";
import { projects } from "./projects/room";
import { registry } from "./registry/room";
import { statistics } from "./statistics/room";

export const catalogue = new Catalogue([registry, networks, projects, knowledge, collaboration, statistics]);
