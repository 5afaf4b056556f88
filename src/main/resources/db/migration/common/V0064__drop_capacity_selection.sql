-- Which volumes a run was asked for is a parameter of its job.
DROP TABLE capacity_selection;
