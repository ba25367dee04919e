// The rooms of src/ in their order: a file imports its own room and the rooms before it, never one after.
// `npm run check:rooms` reads the order here (.dependency-cruiser.js).
module.exports = [
  "kernel",
  "database",
  "access",
  "graph",
  "registry",
  "networks",
  "projects",
  "knowledge",
  "collaboration",
  "statistics",
  "http",
];
