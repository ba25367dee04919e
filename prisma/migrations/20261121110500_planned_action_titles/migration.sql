-- A file of planned actions names each by its report and its title: a report plans nothing twice.

CREATE UNIQUE INDEX "planned_action_report_id_title_key" ON "planned_action"("report_id", "title");
