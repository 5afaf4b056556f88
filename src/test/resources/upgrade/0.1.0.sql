CREATE TABLE `BATCH_JOB_EXECUTION` (
  `JOB_EXECUTION_ID` bigint NOT NULL,
  `VERSION` bigint DEFAULT NULL,
  `JOB_INSTANCE_ID` bigint NOT NULL,
  `CREATE_TIME` datetime(6) NOT NULL,
  `START_TIME` datetime(6) DEFAULT NULL,
  `END_TIME` datetime(6) DEFAULT NULL,
  `STATUS` varchar(10) DEFAULT NULL,
  `EXIT_CODE` varchar(2500) DEFAULT NULL,
  `EXIT_MESSAGE` varchar(2500) DEFAULT NULL,
  `LAST_UPDATED` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`JOB_EXECUTION_ID`),
  KEY `JOB_INST_EXEC_FK` (`JOB_INSTANCE_ID`),
  CONSTRAINT `JOB_INST_EXEC_FK` FOREIGN KEY (`JOB_INSTANCE_ID`) REFERENCES `BATCH_JOB_INSTANCE` (`JOB_INSTANCE_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_JOB_EXECUTION` VALUES (1, 3, 1, '2026-11-30 23:35:31.124928', '2026-11-30 23:35:31.188256', '2026-11-30 23:35:32.501465', 'COMPLETED', 'COMPLETED', '', '2026-11-30 23:35:32.511530');
INSERT INTO `BATCH_JOB_EXECUTION` VALUES (2, 1, 2, '2026-11-30 23:35:57.102763', '2026-11-30 23:35:57.137585', NULL, 'STARTED', 'UNKNOWN', '', '2026-11-30 23:35:57.142862');
CREATE TABLE `BATCH_JOB_EXECUTION_CONTEXT` (
  `JOB_EXECUTION_ID` bigint NOT NULL,
  `SHORT_CONTEXT` varchar(2500) NOT NULL,
  `SERIALIZED_CONTEXT` text,
  PRIMARY KEY (`JOB_EXECUTION_ID`),
  CONSTRAINT `JOB_EXEC_CTX_FK` FOREIGN KEY (`JOB_EXECUTION_ID`) REFERENCES `BATCH_JOB_EXECUTION` (`JOB_EXECUTION_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_JOB_EXECUTION_CONTEXT` VALUES (1, '{"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_JOB_EXECUTION_CONTEXT` VALUES (2, '{"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
CREATE TABLE `BATCH_JOB_EXECUTION_PARAMS` (
  `JOB_EXECUTION_ID` bigint NOT NULL,
  `PARAMETER_NAME` varchar(100) NOT NULL,
  `PARAMETER_TYPE` varchar(100) NOT NULL,
  `PARAMETER_VALUE` varchar(2500) DEFAULT NULL,
  `IDENTIFYING` char(1) NOT NULL,
  PRIMARY KEY (`JOB_EXECUTION_ID`,`PARAMETER_NAME`),
  CONSTRAINT `JOB_EXEC_PARAMS_FK` FOREIGN KEY (`JOB_EXECUTION_ID`) REFERENCES `BATCH_JOB_EXECUTION` (`JOB_EXECUTION_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_JOB_EXECUTION_PARAMS` VALUES (1, 'dryRun', 'java.lang.String', 'false', 'N');
INSERT INTO `BATCH_JOB_EXECUTION_PARAMS` VALUES (1, 'now', 'java.lang.Long', '1796081730238', 'N');
INSERT INTO `BATCH_JOB_EXECUTION_PARAMS` VALUES (1, 'run', 'java.lang.Long', '1', 'Y');
INSERT INTO `BATCH_JOB_EXECUTION_PARAMS` VALUES (2, 'dryRun', 'java.lang.String', 'false', 'N');
INSERT INTO `BATCH_JOB_EXECUTION_PARAMS` VALUES (2, 'now', 'java.lang.Long', '1796081756794', 'N');
INSERT INTO `BATCH_JOB_EXECUTION_PARAMS` VALUES (2, 'run', 'java.lang.Long', '2', 'Y');
CREATE TABLE `BATCH_JOB_EXECUTION_SEQ` (
  `ID` bigint NOT NULL,
  `UNIQUE_KEY` char(1) NOT NULL,
  PRIMARY KEY (`UNIQUE_KEY`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_JOB_EXECUTION_SEQ` VALUES (2, '0');
CREATE TABLE `BATCH_JOB_INSTANCE` (
  `JOB_INSTANCE_ID` bigint NOT NULL,
  `VERSION` bigint DEFAULT NULL,
  `JOB_NAME` varchar(100) NOT NULL,
  `JOB_KEY` varchar(32) NOT NULL,
  PRIMARY KEY (`JOB_INSTANCE_ID`),
  UNIQUE KEY `JOB_INST_UN` (`JOB_NAME`,`JOB_KEY`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_JOB_INSTANCE` VALUES (1, 0, 'reconcile-dumps', '2d39b5c1ba92d4c3cb0c816d980f1173');
INSERT INTO `BATCH_JOB_INSTANCE` VALUES (2, 0, 'maintenance', '6bd7107c7c07b84c56c00acb2d2a677c');
CREATE TABLE `BATCH_JOB_INSTANCE_SEQ` (
  `ID` bigint NOT NULL,
  `UNIQUE_KEY` char(1) NOT NULL,
  PRIMARY KEY (`UNIQUE_KEY`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_JOB_INSTANCE_SEQ` VALUES (2, '0');
CREATE TABLE `BATCH_STEP_EXECUTION` (
  `STEP_EXECUTION_ID` bigint NOT NULL,
  `VERSION` bigint NOT NULL,
  `STEP_NAME` varchar(100) NOT NULL,
  `JOB_EXECUTION_ID` bigint NOT NULL,
  `CREATE_TIME` datetime(6) NOT NULL,
  `START_TIME` datetime(6) DEFAULT NULL,
  `END_TIME` datetime(6) DEFAULT NULL,
  `STATUS` varchar(10) DEFAULT NULL,
  `COMMIT_COUNT` bigint DEFAULT NULL,
  `READ_COUNT` bigint DEFAULT NULL,
  `FILTER_COUNT` bigint DEFAULT NULL,
  `WRITE_COUNT` bigint DEFAULT NULL,
  `READ_SKIP_COUNT` bigint DEFAULT NULL,
  `WRITE_SKIP_COUNT` bigint DEFAULT NULL,
  `PROCESS_SKIP_COUNT` bigint DEFAULT NULL,
  `ROLLBACK_COUNT` bigint DEFAULT NULL,
  `EXIT_CODE` varchar(2500) DEFAULT NULL,
  `EXIT_MESSAGE` varchar(2500) DEFAULT NULL,
  `LAST_UPDATED` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`STEP_EXECUTION_ID`),
  KEY `JOB_EXEC_STEP_FK` (`JOB_EXECUTION_ID`),
  CONSTRAINT `JOB_EXEC_STEP_FK` FOREIGN KEY (`JOB_EXECUTION_ID`) REFERENCES `BATCH_JOB_EXECUTION` (`JOB_EXECUTION_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (1, 4, 'recordDeleted', 1, '2026-11-30 23:35:31.215840', '2026-11-30 23:35:31.228376', '2026-11-30 23:35:31.354813', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:31.369270');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (2, 3, 'scanVolumes', 1, '2026-11-30 23:35:31.392923', '2026-11-30 23:35:31.395859', '2026-11-30 23:35:31.891425', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:31.906154');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (3, 4, 'scanVolumesOf:065571f7-ee8f-3a84-b8e8-4787d9a0b4ba', 1, '2026-11-30 23:35:31.438936', '2026-11-30 23:35:31.499871', '2026-11-30 23:35:31.858952', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:31.871295');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (4, 4, 'findDuplicates', 1, '2026-11-30 23:35:31.934042', '2026-11-30 23:35:31.937631', '2026-11-30 23:35:31.955047', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:31.967293');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (5, 4, 'triageDumps', 1, '2026-11-30 23:35:31.991217', '2026-11-30 23:35:31.993386', '2026-11-30 23:35:32.157075', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:32.161216');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (6, 4, 'notifyPeople', 1, '2026-11-30 23:35:32.173461', '2026-11-30 23:35:32.179676', '2026-11-30 23:35:32.477684', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:32.485062');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (7, 3, 'keepMarkers', 2, '2026-11-30 23:35:57.160706', '2026-11-30 23:35:57.168602', '2026-11-30 23:35:57.738264', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:57.751047');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (8, 4, 'keepMarkersOf:065571f7-ee8f-3a84-b8e8-4787d9a0b4ba', 2, '2026-11-30 23:35:57.308700', '2026-11-30 23:35:57.366848', '2026-11-30 23:35:57.683703', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:57.718410');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (9, 4, 'openPlan', 2, '2026-11-30 23:35:57.778900', '2026-11-30 23:35:57.784441', '2026-11-30 23:35:57.809045', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:57.822175');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (10, 4, 'recordDeleted', 2, '2026-11-30 23:35:57.853692', '2026-11-30 23:35:57.856669', '2026-11-30 23:35:57.895968', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:57.901934');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (11, 3, 'scanVolumes', 2, '2026-11-30 23:35:57.950365', '2026-11-30 23:35:57.955892', '2026-11-30 23:35:58.490152', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.497235');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (12, 4, 'scanVolumesOf:065571f7-ee8f-3a84-b8e8-4787d9a0b4ba', 2, '2026-11-30 23:35:57.996344', '2026-11-30 23:35:58.026777', '2026-11-30 23:35:58.476028', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.483937');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (13, 4, 'findDuplicates', 2, '2026-11-30 23:35:58.516241', '2026-11-30 23:35:58.524297', '2026-11-30 23:35:58.542672', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.548989');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (14, 4, 'triageDumps', 2, '2026-11-30 23:35:58.560840', '2026-11-30 23:35:58.563644', '2026-11-30 23:35:58.695425', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.708759');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (15, 4, 'notifyPeople', 2, '2026-11-30 23:35:58.739954', '2026-11-30 23:35:58.745384', '2026-11-30 23:35:58.853494', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.856813');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (16, 4, 'filterDuplicates', 2, '2026-11-30 23:35:58.865427', '2026-11-30 23:35:58.868002', '2026-11-30 23:35:58.876662', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.880431');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (17, 4, 'judgePlan', 2, '2026-11-30 23:35:58.890253', '2026-11-30 23:35:58.892923', '2026-11-30 23:35:58.912716', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0, 'COMPLETED', '', '2026-11-30 23:35:58.916590');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (18, 1, 'sweepVolumes', 2, '2026-11-30 23:35:58.925837', '2026-11-30 23:35:58.927454', NULL, 'STARTED', 0, 0, 0, 0, 0, 0, 0, 0, 'EXECUTING', '', '2026-11-30 23:35:58.927614');
INSERT INTO `BATCH_STEP_EXECUTION` VALUES (19, 1, 'sweepVolumesOf:065571f7-ee8f-3a84-b8e8-4787d9a0b4ba', 2, '2026-11-30 23:35:58.961624', '2026-11-30 23:35:58.972417', NULL, 'STARTED', 0, 0, 0, 0, 0, 0, 0, 0, 'EXECUTING', '', '2026-11-30 23:35:58.972745');
CREATE TABLE `BATCH_STEP_EXECUTION_CONTEXT` (
  `STEP_EXECUTION_ID` bigint NOT NULL,
  `SHORT_CONTEXT` varchar(2500) NOT NULL,
  `SERIALIZED_CONTEXT` text,
  PRIMARY KEY (`STEP_EXECUTION_ID`),
  CONSTRAINT `STEP_EXEC_CTX_FK` FOREIGN KEY (`STEP_EXECUTION_ID`) REFERENCES `BATCH_STEP_EXECUTION` (`STEP_EXECUTION_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (1, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$2335/0x00007f22b0915430"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (2, '{"SimpleStepExecutionSplitter.GRID_SIZE":{"type":"LONG","value":"2"},"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.partition.PartitionStep"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (3, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$2356/0x00007f22b092d3a0"},"batch.version":{"type":"TEXT","value":"6.0.4"},"place":{"type":"INTEGER","value":"0"},"volume":{"type":"TEXT","value":"jfsdata"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (4, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$2335/0x00007f22b0915430"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (5, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$2335/0x00007f22b0915430"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (6, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$2335/0x00007f22b0915430"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (7, '{"SimpleStepExecutionSplitter.GRID_SIZE":{"type":"LONG","value":"1"},"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.partition.PartitionStep"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (8, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1399/0x00007f185c6e1dd8"},"batch.version":{"type":"TEXT","value":"6.0.4"},"place":{"type":"INTEGER","value":"0"},"volume":{"type":"TEXT","value":"jfsdata"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (9, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (10, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (11, '{"SimpleStepExecutionSplitter.GRID_SIZE":{"type":"LONG","value":"2"},"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.partition.PartitionStep"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (12, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1399/0x00007f185c6e1dd8"},"batch.version":{"type":"TEXT","value":"6.0.4"},"place":{"type":"INTEGER","value":"0"},"volume":{"type":"TEXT","value":"jfsdata"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (13, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (14, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (15, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (16, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (17, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1377/0x00007f185c6cd8f0"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (18, '{"SimpleStepExecutionSplitter.GRID_SIZE":{"type":"LONG","value":"2"},"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.partition.PartitionStep"},"batch.version":{"type":"TEXT","value":"6.0.4"}}', NULL);
INSERT INTO `BATCH_STEP_EXECUTION_CONTEXT` VALUES (19, '{"batch.stepType":{"type":"TEXT","value":"org.springframework.batch.core.step.tasklet.TaskletStep"},"batch.taskletType":{"type":"TEXT","value":"dev.dumpkeeper.run.VolumeStepBuilder$$Lambda$1399/0x00007f185c6e1dd8"},"batch.version":{"type":"TEXT","value":"6.0.4"},"place":{"type":"INTEGER","value":"0"},"volume":{"type":"TEXT","value":"jfsdata"}}', NULL);
CREATE TABLE `BATCH_STEP_EXECUTION_SEQ` (
  `ID` bigint NOT NULL,
  `UNIQUE_KEY` char(1) NOT NULL,
  PRIMARY KEY (`UNIQUE_KEY`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `BATCH_STEP_EXECUTION_SEQ` VALUES (19, '0');
CREATE TABLE `QRTZ_BLOB_TRIGGERS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `TRIGGER_NAME` varchar(190) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  `BLOB_DATA` blob,
  PRIMARY KEY (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`),
  CONSTRAINT `QRTZ_BLOB_TRIGGERS_ibfk_1` FOREIGN KEY (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`) REFERENCES `QRTZ_TRIGGERS` (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_CALENDARS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `CALENDAR_NAME` varchar(190) NOT NULL,
  `CALENDAR` blob NOT NULL,
  PRIMARY KEY (`SCHED_NAME`,`CALENDAR_NAME`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_CRON_TRIGGERS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `TRIGGER_NAME` varchar(190) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  `CRON_EXPRESSION` varchar(120) NOT NULL,
  `TIME_ZONE_ID` varchar(80) DEFAULT NULL,
  PRIMARY KEY (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`),
  CONSTRAINT `QRTZ_CRON_TRIGGERS_ibfk_1` FOREIGN KEY (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`) REFERENCES `QRTZ_TRIGGERS` (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_FIRED_TRIGGERS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `ENTRY_ID` varchar(95) NOT NULL,
  `TRIGGER_NAME` varchar(190) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  `INSTANCE_NAME` varchar(190) NOT NULL,
  `FIRED_TIME` bigint NOT NULL,
  `SCHED_TIME` bigint NOT NULL,
  `PRIORITY` int NOT NULL,
  `STATE` varchar(16) NOT NULL,
  `JOB_NAME` varchar(190) DEFAULT NULL,
  `JOB_GROUP` varchar(190) DEFAULT NULL,
  `IS_NONCONCURRENT` varchar(1) DEFAULT NULL,
  `REQUESTS_RECOVERY` varchar(1) DEFAULT NULL,
  PRIMARY KEY (`SCHED_NAME`,`ENTRY_ID`),
  KEY `IDX_QRTZ_FT_TRIG_INST_NAME` (`SCHED_NAME`,`INSTANCE_NAME`),
  KEY `IDX_QRTZ_FT_INST_JOB_REQ_RCVRY` (`SCHED_NAME`,`INSTANCE_NAME`,`REQUESTS_RECOVERY`),
  KEY `IDX_QRTZ_FT_J_G` (`SCHED_NAME`,`JOB_NAME`,`JOB_GROUP`),
  KEY `IDX_QRTZ_FT_JG` (`SCHED_NAME`,`JOB_GROUP`),
  KEY `IDX_QRTZ_FT_T_G` (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`),
  KEY `IDX_QRTZ_FT_TG` (`SCHED_NAME`,`TRIGGER_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_JOB_DETAILS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `JOB_NAME` varchar(190) NOT NULL,
  `JOB_GROUP` varchar(190) NOT NULL,
  `DESCRIPTION` varchar(250) DEFAULT NULL,
  `JOB_CLASS_NAME` varchar(250) NOT NULL,
  `IS_DURABLE` varchar(1) NOT NULL,
  `IS_NONCONCURRENT` varchar(1) NOT NULL,
  `IS_UPDATE_DATA` varchar(1) NOT NULL,
  `REQUESTS_RECOVERY` varchar(1) NOT NULL,
  `JOB_DATA` blob,
  PRIMARY KEY (`SCHED_NAME`,`JOB_NAME`,`JOB_GROUP`),
  KEY `IDX_QRTZ_J_REQ_RECOVERY` (`SCHED_NAME`,`REQUESTS_RECOVERY`),
  KEY `IDX_QRTZ_J_GRP` (`SCHED_NAME`,`JOB_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_LOCKS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `LOCK_NAME` varchar(40) NOT NULL,
  PRIMARY KEY (`SCHED_NAME`,`LOCK_NAME`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_PAUSED_TRIGGER_GRPS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  PRIMARY KEY (`SCHED_NAME`,`TRIGGER_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_SCHEDULER_STATE` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `INSTANCE_NAME` varchar(190) NOT NULL,
  `LAST_CHECKIN_TIME` bigint NOT NULL,
  `CHECKIN_INTERVAL` bigint NOT NULL,
  PRIMARY KEY (`SCHED_NAME`,`INSTANCE_NAME`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_SIMPLE_TRIGGERS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `TRIGGER_NAME` varchar(190) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  `REPEAT_COUNT` bigint NOT NULL,
  `REPEAT_INTERVAL` bigint NOT NULL,
  `TIMES_TRIGGERED` bigint NOT NULL,
  PRIMARY KEY (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`),
  CONSTRAINT `QRTZ_SIMPLE_TRIGGERS_ibfk_1` FOREIGN KEY (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`) REFERENCES `QRTZ_TRIGGERS` (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_SIMPROP_TRIGGERS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `TRIGGER_NAME` varchar(190) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  `STR_PROP_1` varchar(512) DEFAULT NULL,
  `STR_PROP_2` varchar(512) DEFAULT NULL,
  `STR_PROP_3` varchar(512) DEFAULT NULL,
  `INT_PROP_1` int DEFAULT NULL,
  `INT_PROP_2` int DEFAULT NULL,
  `LONG_PROP_1` bigint DEFAULT NULL,
  `LONG_PROP_2` bigint DEFAULT NULL,
  `DEC_PROP_1` decimal(13,4) DEFAULT NULL,
  `DEC_PROP_2` decimal(13,4) DEFAULT NULL,
  `BOOL_PROP_1` varchar(1) DEFAULT NULL,
  `BOOL_PROP_2` varchar(1) DEFAULT NULL,
  PRIMARY KEY (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`),
  CONSTRAINT `QRTZ_SIMPROP_TRIGGERS_ibfk_1` FOREIGN KEY (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`) REFERENCES `QRTZ_TRIGGERS` (`SCHED_NAME`, `TRIGGER_NAME`, `TRIGGER_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `QRTZ_TRIGGERS` (
  `SCHED_NAME` varchar(120) NOT NULL,
  `TRIGGER_NAME` varchar(190) NOT NULL,
  `TRIGGER_GROUP` varchar(190) NOT NULL,
  `JOB_NAME` varchar(190) NOT NULL,
  `JOB_GROUP` varchar(190) NOT NULL,
  `DESCRIPTION` varchar(250) DEFAULT NULL,
  `NEXT_FIRE_TIME` bigint DEFAULT NULL,
  `PREV_FIRE_TIME` bigint DEFAULT NULL,
  `PRIORITY` int DEFAULT NULL,
  `TRIGGER_STATE` varchar(16) NOT NULL,
  `TRIGGER_TYPE` varchar(8) NOT NULL,
  `START_TIME` bigint NOT NULL,
  `END_TIME` bigint DEFAULT NULL,
  `CALENDAR_NAME` varchar(190) DEFAULT NULL,
  `MISFIRE_INSTR` smallint DEFAULT NULL,
  `JOB_DATA` blob,
  PRIMARY KEY (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`),
  KEY `IDX_QRTZ_T_J` (`SCHED_NAME`,`JOB_NAME`,`JOB_GROUP`),
  KEY `IDX_QRTZ_T_JG` (`SCHED_NAME`,`JOB_GROUP`),
  KEY `IDX_QRTZ_T_C` (`SCHED_NAME`,`CALENDAR_NAME`),
  KEY `IDX_QRTZ_T_G` (`SCHED_NAME`,`TRIGGER_GROUP`),
  KEY `IDX_QRTZ_T_STATE` (`SCHED_NAME`,`TRIGGER_STATE`),
  KEY `IDX_QRTZ_T_N_STATE` (`SCHED_NAME`,`TRIGGER_NAME`,`TRIGGER_GROUP`,`TRIGGER_STATE`),
  KEY `IDX_QRTZ_T_N_G_STATE` (`SCHED_NAME`,`TRIGGER_GROUP`,`TRIGGER_STATE`),
  KEY `IDX_QRTZ_T_NEXT_FIRE_TIME` (`SCHED_NAME`,`NEXT_FIRE_TIME`),
  KEY `IDX_QRTZ_T_NFT_ST` (`SCHED_NAME`,`TRIGGER_STATE`,`NEXT_FIRE_TIME`),
  KEY `IDX_QRTZ_T_NFT_MISFIRE` (`SCHED_NAME`,`MISFIRE_INSTR`,`NEXT_FIRE_TIME`),
  KEY `IDX_QRTZ_T_NFT_ST_MISFIRE` (`SCHED_NAME`,`MISFIRE_INSTR`,`NEXT_FIRE_TIME`,`TRIGGER_STATE`),
  KEY `IDX_QRTZ_T_NFT_ST_MISFIRE_GRP` (`SCHED_NAME`,`MISFIRE_INSTR`,`NEXT_FIRE_TIME`,`TRIGGER_GROUP`,`TRIGGER_STATE`),
  CONSTRAINT `QRTZ_TRIGGERS_ibfk_1` FOREIGN KEY (`SCHED_NAME`, `JOB_NAME`, `JOB_GROUP`) REFERENCES `QRTZ_JOB_DETAILS` (`SCHED_NAME`, `JOB_NAME`, `JOB_GROUP`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `SPRING_SESSION` (
  `PRIMARY_ID` char(36) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `SESSION_ID` char(36) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `CREATION_TIME` bigint NOT NULL,
  `LAST_ACCESS_TIME` bigint NOT NULL,
  `MAX_INACTIVE_INTERVAL` int NOT NULL,
  `EXPIRY_TIME` bigint NOT NULL,
  `PRINCIPAL_NAME` varchar(100) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  PRIMARY KEY (`PRIMARY_ID`),
  UNIQUE KEY `SPRING_SESSION_IX1` (`SESSION_ID`),
  KEY `SPRING_SESSION_IX2` (`EXPIRY_TIME`),
  KEY `SPRING_SESSION_IX3` (`PRINCIPAL_NAME`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `SPRING_SESSION_ATTRIBUTES` (
  `SESSION_PRIMARY_ID` char(36) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `ATTRIBUTE_NAME` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `ATTRIBUTE_BYTES` blob NOT NULL,
  PRIMARY KEY (`SESSION_PRIMARY_ID`,`ATTRIBUTE_NAME`),
  CONSTRAINT `SPRING_SESSION_ATTRIBUTES_FK` FOREIGN KEY (`SESSION_PRIMARY_ID`) REFERENCES `SPRING_SESSION` (`PRIMARY_ID`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `audit_event` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `happened_at` bigint NOT NULL,
  `who` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `address` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `action` varchar(40) NOT NULL,
  `target` varchar(500) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `subject` varchar(32) DEFAULT NULL,
  `outcome` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  PRIMARY KEY (`id`),
  KEY `audit_event_by_subject` (`subject`,`id`),
  KEY `audit_event_by_time` (`happened_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `capacity_alert` (
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `level` varchar(12) NOT NULL,
  `notified_level` varchar(12) NOT NULL,
  `notified_at` bigint DEFAULT NULL,
  `passes_below` int NOT NULL,
  `run_id` bigint NOT NULL,
  PRIMARY KEY (`volume`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `capacity_check` (
  `run_id` bigint NOT NULL,
  `checked_at` bigint NOT NULL,
  `problem` varchar(1000) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `unknown_volumes` int NOT NULL,
  `advise` tinyint(1) NOT NULL,
  `space_source` varchar(12) DEFAULT NULL,
  `space_used` bigint DEFAULT NULL,
  `space_capacity` bigint DEFAULT NULL,
  `trash_bytes` bigint DEFAULT NULL,
  `trash_days` int DEFAULT NULL,
  `other_used` bigint DEFAULT NULL,
  PRIMARY KEY (`run_id`),
  KEY `capacity_check_by_time` (`checked_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `capacity_reading` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `run_id` bigint NOT NULL,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `read_at` bigint NOT NULL,
  `used_bytes` bigint NOT NULL,
  `used_source` varchar(12) NOT NULL,
  `listed_bytes` bigint NOT NULL,
  `capacity_bytes` bigint DEFAULT NULL,
  `capacity_source` varchar(12) DEFAULT NULL,
  `p50_bytes` bigint DEFAULT NULL,
  `p90_bytes` bigint DEFAULT NULL,
  `p50_crosses_at` bigint DEFAULT NULL,
  `p90_crosses_at` bigint DEFAULT NULL,
  `short_history` tinyint(1) NOT NULL,
  `level` varchar(12) NOT NULL,
  `alert_transition` varchar(12) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `capacity_reading_once` (`run_id`,`volume`),
  KEY `capacity_reading_by_volume` (`volume`,`read_at`),
  KEY `capacity_reading_by_time` (`read_at`,`volume`,`capacity_bytes`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `delivery_attempt` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `page_id` bigint NOT NULL,
  `robot` varchar(32) DEFAULT NULL,
  `begun_at` bigint NOT NULL,
  `answer_by` bigint NOT NULL,
  `ended_at` bigint DEFAULT NULL,
  `outcome` varchar(20) DEFAULT NULL,
  `code` int DEFAULT NULL,
  `detail` varchar(500) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `delivery_attempt_by_page` (`page_id`),
  KEY `delivery_attempt_by_robot` (`robot`,`id`),
  KEY `delivery_attempt_by_outcome` (`outcome`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `delivery_attempt` VALUES (1, 1, '076f577e494c426d17c318732809b3f0', 1796081732321, 1796081747321, 1796081732419, 'DELIVERED', 0, 'errcode 0: ok');
INSERT INTO `delivery_attempt` VALUES (2, 2, '076f577e494c426d17c318732809b3f0', 1796081758803, 1796081773803, 1796081758845, 'REJECTED_ROBOT', 93000, 'errcode 93000 (wrong key, or the robot was removed from the group): said by the fake robot');
CREATE TABLE `digest` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `run_id` bigint NOT NULL,
  `composed_at` bigint NOT NULL,
  `message_id` bigint DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `digest` VALUES (1, 1, 1796081732216, 1);
INSERT INTO `digest` VALUES (2, 2, 1796081758765, 2);
CREATE TABLE `digest_lock` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `digest_lock` VALUES (1);
CREATE TABLE `directory_usage` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `run_id` bigint NOT NULL,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `directory` varchar(1024) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `measured_at` bigint NOT NULL,
  `objects` bigint NOT NULL,
  `object_bytes` bigint NOT NULL,
  `dumps` bigint NOT NULL,
  `dump_bytes` bigint NOT NULL,
  `oldest` bigint DEFAULT NULL,
  `newest` bigint DEFAULT NULL,
  `duplicate_bytes` bigint NOT NULL DEFAULT '0',
  `whole` tinyint(1) GENERATED ALWAYS AS ((`directory` = _utf8mb4'')) VIRTUAL,
  PRIMARY KEY (`id`),
  KEY `directory_usage_by_run` (`run_id`,`volume`),
  KEY `directory_usage_by_time` (`measured_at`),
  KEY `directory_usage_by_volume` (`volume`,`measured_at`),
  KEY `directory_usage_whole` (`whole`,`measured_at`,`volume`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `directory_usage` VALUES (1, 1, 'jfsdata', 'dumpfiles', 1796081730238, 303, 3105, 2, 98, 1793527200000, 1793527200000, 0, 0);
INSERT INTO `directory_usage` VALUES (2, 1, 'jfsdata', '', 1796081730238, 303, 3105, 2, 98, 1793527200000, 1793527200000, 0, 1);
INSERT INTO `directory_usage` VALUES (3, 2, 'jfsdata', 'dumpfiles', 1796081756794, 304, 3154, 3, 147, 1793527200000, 1793527200000, 0, 0);
INSERT INTO `directory_usage` VALUES (4, 2, 'jfsdata', '', 1796081756794, 304, 3154, 3, 147, 1793527200000, 1793527200000, 0, 1);
CREATE TABLE `dump` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `object_key` varbinary(1024) NOT NULL,
  `present` tinyint(1) DEFAULT NULL,
  `size` bigint NOT NULL,
  `last_modified` bigint NOT NULL,
  `receipt_at` bigint DEFAULT NULL,
  `fragment_at` bigint DEFAULT NULL,
  `first_seen` bigint NOT NULL,
  `last_seen` bigint DEFAULT NULL,
  `has_duplicate` tinyint(1) NOT NULL DEFAULT '0',
  `compared` tinyint(1) NOT NULL DEFAULT '0',
  `state` varchar(20) NOT NULL,
  `reason` varchar(500) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `triage_due` tinyint(1) DEFAULT NULL,
  `triaged_at` bigint DEFAULT NULL,
  `died_at` bigint DEFAULT NULL,
  `cause` varchar(12) DEFAULT NULL,
  `fingerprint` varchar(12) DEFAULT NULL,
  `top_frame` varchar(400) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `environment` varchar(64) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `workload` varchar(128) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `pod` varchar(253) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `project` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `directory` varchar(128) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL DEFAULT '',
  `contents_due` tinyint(1) DEFAULT NULL,
  `contents_attempts` int NOT NULL DEFAULT '0',
  `message_id` bigint DEFAULT NULL,
  `message_page` int DEFAULT NULL,
  `notified_at` bigint DEFAULT NULL,
  `notified_by` varchar(12) DEFAULT NULL,
  `notify_after` bigint DEFAULT NULL,
  `held_until` bigint DEFAULT NULL,
  `held_by` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `hold_reason` varchar(500) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `fate` varchar(12) DEFAULT NULL,
  `gone_at` bigint DEFAULT NULL,
  `plan_id` bigint DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `dump_once` (`volume`,`present`,`object_key`),
  KEY `dump_triage_due` (`triage_due`,`volume`),
  KEY `dump_unnotified` (`present`,`notified_at`,`message_id`,`environment`,`workload`),
  KEY `dump_by_message` (`message_id`,`message_page`),
  KEY `dump_by_first_seen` (`first_seen`,`id`,`state`,`fingerprint`,`environment`,`workload`,`size`),
  KEY `dump_by_notified` (`notified_at`),
  KEY `dump_by_hold` (`held_until`),
  KEY `dump_by_gone` (`gone_at`),
  KEY `dump_by_fingerprint` (`fingerprint`,`id`),
  KEY `dump_contents_due` (`contents_due`,`id`),
  KEY `dump_by_size` (`size`,`last_modified`),
  KEY `dump_list` (`present`,`id`),
  KEY `dump_list_by_volume` (`volume`,`present`,`id`),
  KEY `dump_list_by_workload` (`workload`,`present`,`id`),
  KEY `dump_list_by_state` (`state`,`present`,`id`),
  KEY `dump_list_by_size` (`present`,`size`,`id`),
  KEY `dump_list_by_volume_and_size` (`volume`,`present`,`size`,`id`,`environment`,`workload`,`directory`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `dump` VALUES (1, 'jfsdata', X'64756d7066696c65732f6465765f68656c642d305f6865617044756d702e6870726f66', 1, 49, 1793527200000, NULL, NULL, 1796081730238, NULL, 0, 0, 'COMPLETE', '', NULL, 1796081732150, 1793527200000, 'UNKNOWN', NULL, NULL, 'dev', 'held', 'held-0', '', '', 1, 0, 1, 1, 1796081732419, 'DIGEST', NULL, 2111441733000, 'ann', 'case 17', NULL, NULL, NULL);
INSERT INTO `dump` VALUES (2, 'jfsdata', X'64756d7066696c65732f6465765f746f6c642d305f6865617044756d702e6870726f66', 1, 49, 1793527200000, NULL, NULL, 1796081730238, NULL, 0, 0, 'COMPLETE', '', NULL, 1796081732150, 1793527200000, 'UNKNOWN', NULL, NULL, 'dev', 'told', 'told-0', '', '', 1, 0, 1, 1, 1796081732419, 'DIGEST', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO `dump` VALUES (3, 'jfsdata', X'64756d7066696c65732f6465765f756e746f6c642d305f6865617044756d702e6870726f66', 1, 49, 1793527200000, NULL, NULL, 1796081756794, NULL, 0, 0, 'COMPLETE', '', NULL, 1796081758671, 1793527200000, 'UNKNOWN', NULL, NULL, 'dev', 'untold', 'untold-0', '', '', 1, 0, 2, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE `dump_contents` (
  `dump_id` bigint NOT NULL,
  `read_at` bigint NOT NULL,
  `state` varchar(14) NOT NULL,
  `file_bytes` bigint NOT NULL,
  `top_class` varchar(300) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `top_share` int DEFAULT NULL,
  `holder_kind` varchar(20) DEFAULT NULL,
  `holder_name` varchar(300) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `holder_permille` int DEFAULT NULL,
  `sentence` varchar(1000) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `contents` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL,
  PRIMARY KEY (`dump_id`),
  KEY `dump_contents_by_read` (`read_at`),
  CONSTRAINT `dump_contents_of_dump` FOREIGN KEY (`dump_id`) REFERENCES `dump` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `expiry_item` (
  `volume_plan_id` bigint NOT NULL,
  `seq` int NOT NULL,
  `object_key` varbinary(1024) NOT NULL,
  `is_directory` tinyint(1) NOT NULL,
  `size` bigint NOT NULL,
  `last_modified` bigint NOT NULL,
  `inode` bigint NOT NULL DEFAULT '0',
  `outcome` varchar(20) DEFAULT NULL,
  `detail` varchar(500) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `resolved_at` bigint DEFAULT NULL,
  PRIMARY KEY (`volume_plan_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `expiry_item` VALUES (1, 1, X'64756d7066696c65732f3030302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 2, X'64756d7066696c65732f3030312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 3, X'64756d7066696c65732f3030322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 4, X'64756d7066696c65732f3030332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 5, X'64756d7066696c65732f3030342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 6, X'64756d7066696c65732f3030352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 7, X'64756d7066696c65732f3030362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 8, X'64756d7066696c65732f3030372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 9, X'64756d7066696c65732f3030382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 10, X'64756d7066696c65732f3030392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 11, X'64756d7066696c65732f3031302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 12, X'64756d7066696c65732f3031312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 13, X'64756d7066696c65732f3031322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 14, X'64756d7066696c65732f3031332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 15, X'64756d7066696c65732f3031342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 16, X'64756d7066696c65732f3031352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 17, X'64756d7066696c65732f3031362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 18, X'64756d7066696c65732f3031372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 19, X'64756d7066696c65732f3031382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 20, X'64756d7066696c65732f3031392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 21, X'64756d7066696c65732f3032302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 22, X'64756d7066696c65732f3032312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 23, X'64756d7066696c65732f3032322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 24, X'64756d7066696c65732f3032332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 25, X'64756d7066696c65732f3032342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 26, X'64756d7066696c65732f3032352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 27, X'64756d7066696c65732f3032362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 28, X'64756d7066696c65732f3032372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 29, X'64756d7066696c65732f3032382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 30, X'64756d7066696c65732f3032392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 31, X'64756d7066696c65732f3033302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 32, X'64756d7066696c65732f3033312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 33, X'64756d7066696c65732f3033322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 34, X'64756d7066696c65732f3033332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 35, X'64756d7066696c65732f3033342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 36, X'64756d7066696c65732f3033352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 37, X'64756d7066696c65732f3033362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 38, X'64756d7066696c65732f3033372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 39, X'64756d7066696c65732f3033382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 40, X'64756d7066696c65732f3033392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 41, X'64756d7066696c65732f3034302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 42, X'64756d7066696c65732f3034312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 43, X'64756d7066696c65732f3034322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 44, X'64756d7066696c65732f3034332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 45, X'64756d7066696c65732f3034342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 46, X'64756d7066696c65732f3034352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 47, X'64756d7066696c65732f3034362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 48, X'64756d7066696c65732f3034372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 49, X'64756d7066696c65732f3034382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 50, X'64756d7066696c65732f3034392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 51, X'64756d7066696c65732f3035302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 52, X'64756d7066696c65732f3035312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 53, X'64756d7066696c65732f3035322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 54, X'64756d7066696c65732f3035332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 55, X'64756d7066696c65732f3035342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 56, X'64756d7066696c65732f3035352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 57, X'64756d7066696c65732f3035362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 58, X'64756d7066696c65732f3035372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 59, X'64756d7066696c65732f3035382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 60, X'64756d7066696c65732f3035392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 61, X'64756d7066696c65732f3036302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 62, X'64756d7066696c65732f3036312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 63, X'64756d7066696c65732f3036322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 64, X'64756d7066696c65732f3036332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 65, X'64756d7066696c65732f3036342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 66, X'64756d7066696c65732f3036352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 67, X'64756d7066696c65732f3036362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 68, X'64756d7066696c65732f3036372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 69, X'64756d7066696c65732f3036382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 70, X'64756d7066696c65732f3036392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 71, X'64756d7066696c65732f3037302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 72, X'64756d7066696c65732f3037312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 73, X'64756d7066696c65732f3037322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 74, X'64756d7066696c65732f3037332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 75, X'64756d7066696c65732f3037342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 76, X'64756d7066696c65732f3037352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 77, X'64756d7066696c65732f3037362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 78, X'64756d7066696c65732f3037372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 79, X'64756d7066696c65732f3037382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 80, X'64756d7066696c65732f3037392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 81, X'64756d7066696c65732f3038302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 82, X'64756d7066696c65732f3038312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 83, X'64756d7066696c65732f3038322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 84, X'64756d7066696c65732f3038332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 85, X'64756d7066696c65732f3038342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 86, X'64756d7066696c65732f3038352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 87, X'64756d7066696c65732f3038362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 88, X'64756d7066696c65732f3038372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 89, X'64756d7066696c65732f3038382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 90, X'64756d7066696c65732f3038392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 91, X'64756d7066696c65732f3039302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 92, X'64756d7066696c65732f3039312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 93, X'64756d7066696c65732f3039322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 94, X'64756d7066696c65732f3039332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 95, X'64756d7066696c65732f3039342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 96, X'64756d7066696c65732f3039352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 97, X'64756d7066696c65732f3039362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 98, X'64756d7066696c65732f3039372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 99, X'64756d7066696c65732f3039382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 100, X'64756d7066696c65732f3039392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 101, X'64756d7066696c65732f3130302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 102, X'64756d7066696c65732f3130312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 103, X'64756d7066696c65732f3130322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 104, X'64756d7066696c65732f3130332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 105, X'64756d7066696c65732f3130342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 106, X'64756d7066696c65732f3130352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 107, X'64756d7066696c65732f3130362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 108, X'64756d7066696c65732f3130372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 109, X'64756d7066696c65732f3130382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 110, X'64756d7066696c65732f3130392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 111, X'64756d7066696c65732f3131302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 112, X'64756d7066696c65732f3131312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 113, X'64756d7066696c65732f3131322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 114, X'64756d7066696c65732f3131332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 115, X'64756d7066696c65732f3131342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 116, X'64756d7066696c65732f3131352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 117, X'64756d7066696c65732f3131362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 118, X'64756d7066696c65732f3131372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 119, X'64756d7066696c65732f3131382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 120, X'64756d7066696c65732f3131392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 121, X'64756d7066696c65732f3132302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 122, X'64756d7066696c65732f3132312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 123, X'64756d7066696c65732f3132322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 124, X'64756d7066696c65732f3132332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 125, X'64756d7066696c65732f3132342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 126, X'64756d7066696c65732f3132352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 127, X'64756d7066696c65732f3132362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 128, X'64756d7066696c65732f3132372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 129, X'64756d7066696c65732f3132382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 130, X'64756d7066696c65732f3132392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 131, X'64756d7066696c65732f3133302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 132, X'64756d7066696c65732f3133312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 133, X'64756d7066696c65732f3133322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 134, X'64756d7066696c65732f3133332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 135, X'64756d7066696c65732f3133342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 136, X'64756d7066696c65732f3133352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 137, X'64756d7066696c65732f3133362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 138, X'64756d7066696c65732f3133372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 139, X'64756d7066696c65732f3133382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 140, X'64756d7066696c65732f3133392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 141, X'64756d7066696c65732f3134302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 142, X'64756d7066696c65732f3134312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 143, X'64756d7066696c65732f3134322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 144, X'64756d7066696c65732f3134332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 145, X'64756d7066696c65732f3134342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 146, X'64756d7066696c65732f3134352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 147, X'64756d7066696c65732f3134362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 148, X'64756d7066696c65732f3134372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 149, X'64756d7066696c65732f3134382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 150, X'64756d7066696c65732f3134392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 151, X'64756d7066696c65732f3135302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 152, X'64756d7066696c65732f3135312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 153, X'64756d7066696c65732f3135322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 154, X'64756d7066696c65732f3135332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 155, X'64756d7066696c65732f3135342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 156, X'64756d7066696c65732f3135352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 157, X'64756d7066696c65732f3135362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 158, X'64756d7066696c65732f3135372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 159, X'64756d7066696c65732f3135382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 160, X'64756d7066696c65732f3135392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 161, X'64756d7066696c65732f3136302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 162, X'64756d7066696c65732f3136312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 163, X'64756d7066696c65732f3136322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 164, X'64756d7066696c65732f3136332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 165, X'64756d7066696c65732f3136342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 166, X'64756d7066696c65732f3136352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 167, X'64756d7066696c65732f3136362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 168, X'64756d7066696c65732f3136372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 169, X'64756d7066696c65732f3136382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 170, X'64756d7066696c65732f3136392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 171, X'64756d7066696c65732f3137302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 172, X'64756d7066696c65732f3137312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 173, X'64756d7066696c65732f3137322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 174, X'64756d7066696c65732f3137332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 175, X'64756d7066696c65732f3137342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 176, X'64756d7066696c65732f3137352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 177, X'64756d7066696c65732f3137362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 178, X'64756d7066696c65732f3137372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 179, X'64756d7066696c65732f3137382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 180, X'64756d7066696c65732f3137392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 181, X'64756d7066696c65732f3138302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 182, X'64756d7066696c65732f3138312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 183, X'64756d7066696c65732f3138322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 184, X'64756d7066696c65732f3138332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 185, X'64756d7066696c65732f3138342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 186, X'64756d7066696c65732f3138352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 187, X'64756d7066696c65732f3138362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 188, X'64756d7066696c65732f3138372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 189, X'64756d7066696c65732f3138382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 190, X'64756d7066696c65732f3138392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 191, X'64756d7066696c65732f3139302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 192, X'64756d7066696c65732f3139312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 193, X'64756d7066696c65732f3139322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 194, X'64756d7066696c65732f3139332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 195, X'64756d7066696c65732f3139342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 196, X'64756d7066696c65732f3139352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 197, X'64756d7066696c65732f3139362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 198, X'64756d7066696c65732f3139372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 199, X'64756d7066696c65732f3139382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 200, X'64756d7066696c65732f3139392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 201, X'64756d7066696c65732f3230302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 202, X'64756d7066696c65732f3230312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 203, X'64756d7066696c65732f3230322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 204, X'64756d7066696c65732f3230332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 205, X'64756d7066696c65732f3230342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 206, X'64756d7066696c65732f3230352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 207, X'64756d7066696c65732f3230362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 208, X'64756d7066696c65732f3230372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 209, X'64756d7066696c65732f3230382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 210, X'64756d7066696c65732f3230392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 211, X'64756d7066696c65732f3231302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 212, X'64756d7066696c65732f3231312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 213, X'64756d7066696c65732f3231322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 214, X'64756d7066696c65732f3231332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 215, X'64756d7066696c65732f3231342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 216, X'64756d7066696c65732f3231352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 217, X'64756d7066696c65732f3231362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 218, X'64756d7066696c65732f3231372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 219, X'64756d7066696c65732f3231382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 220, X'64756d7066696c65732f3231392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 221, X'64756d7066696c65732f3232302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 222, X'64756d7066696c65732f3232312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 223, X'64756d7066696c65732f3232322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 224, X'64756d7066696c65732f3232332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 225, X'64756d7066696c65732f3232342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 226, X'64756d7066696c65732f3232352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 227, X'64756d7066696c65732f3232362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 228, X'64756d7066696c65732f3232372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 229, X'64756d7066696c65732f3232382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 230, X'64756d7066696c65732f3232392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 231, X'64756d7066696c65732f3233302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 232, X'64756d7066696c65732f3233312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 233, X'64756d7066696c65732f3233322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 234, X'64756d7066696c65732f3233332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 235, X'64756d7066696c65732f3233342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 236, X'64756d7066696c65732f3233352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 237, X'64756d7066696c65732f3233362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 238, X'64756d7066696c65732f3233372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 239, X'64756d7066696c65732f3233382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 240, X'64756d7066696c65732f3233392e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 241, X'64756d7066696c65732f3234302e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 242, X'64756d7066696c65732f3234312e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 243, X'64756d7066696c65732f3234322e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 244, X'64756d7066696c65732f3234332e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 245, X'64756d7066696c65732f3234342e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 246, X'64756d7066696c65732f3234352e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 247, X'64756d7066696c65732f3234362e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 248, X'64756d7066696c65732f3234372e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 249, X'64756d7066696c65732f3234382e747874', 0, 10, 1793527200000, 0, 'DELETE_ACCEPTED', NULL, 1796081759339);
INSERT INTO `expiry_item` VALUES (1, 250, X'64756d7066696c65732f3234392e747874', 0, 10, 1793527200000, 0, 'DELETED', NULL, 1796081759332);
INSERT INTO `expiry_item` VALUES (1, 251, X'64756d7066696c65732f3235302e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 252, X'64756d7066696c65732f3235312e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 253, X'64756d7066696c65732f3235322e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 254, X'64756d7066696c65732f3235332e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 255, X'64756d7066696c65732f3235342e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 256, X'64756d7066696c65732f3235352e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 257, X'64756d7066696c65732f3235362e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 258, X'64756d7066696c65732f3235372e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 259, X'64756d7066696c65732f3235382e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 260, X'64756d7066696c65732f3235392e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 261, X'64756d7066696c65732f3236302e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 262, X'64756d7066696c65732f3236312e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 263, X'64756d7066696c65732f3236322e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 264, X'64756d7066696c65732f3236332e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 265, X'64756d7066696c65732f3236342e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 266, X'64756d7066696c65732f3236352e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 267, X'64756d7066696c65732f3236362e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 268, X'64756d7066696c65732f3236372e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 269, X'64756d7066696c65732f3236382e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 270, X'64756d7066696c65732f3236392e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 271, X'64756d7066696c65732f3237302e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 272, X'64756d7066696c65732f3237312e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 273, X'64756d7066696c65732f3237322e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 274, X'64756d7066696c65732f3237332e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 275, X'64756d7066696c65732f3237342e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 276, X'64756d7066696c65732f3237352e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 277, X'64756d7066696c65732f3237362e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 278, X'64756d7066696c65732f3237372e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 279, X'64756d7066696c65732f3237382e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 280, X'64756d7066696c65732f3237392e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 281, X'64756d7066696c65732f3238302e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 282, X'64756d7066696c65732f3238312e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 283, X'64756d7066696c65732f3238322e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 284, X'64756d7066696c65732f3238332e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 285, X'64756d7066696c65732f3238342e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 286, X'64756d7066696c65732f3238352e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 287, X'64756d7066696c65732f3238362e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 288, X'64756d7066696c65732f3238372e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 289, X'64756d7066696c65732f3238382e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 290, X'64756d7066696c65732f3238392e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 291, X'64756d7066696c65732f3239302e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 292, X'64756d7066696c65732f3239312e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 293, X'64756d7066696c65732f3239322e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 294, X'64756d7066696c65732f3239332e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 295, X'64756d7066696c65732f3239342e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 296, X'64756d7066696c65732f3239352e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 297, X'64756d7066696c65732f3239362e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 298, X'64756d7066696c65732f3239372e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 299, X'64756d7066696c65732f3239382e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
INSERT INTO `expiry_item` VALUES (1, 300, X'64756d7066696c65732f3239392e747874', 0, 10, 1793527200000, 0, 'DELETE_SENT', NULL, 1796081759354);
CREATE TABLE `expiry_plan` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `run_id` bigint NOT NULL,
  `state` varchar(20) NOT NULL,
  `cutoff` bigint NOT NULL,
  `policy` varchar(2000) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `refusal` varchar(2000) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `approving_run_id` bigint DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `expiry_plan_once` (`run_id`),
  KEY `expiry_plan_by_approval` (`approving_run_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `expiry_plan` VALUES (1, 2, 'SEALED', 1795908956794, 'keep everything outside [dumpfiles], every .keep, what was written in the last 2d, what is empty and was written in the last 1h, every dump that was not announced or only in the last 1d and every dump that is held', NULL, NULL);
CREATE TABLE `failure` (
  `fingerprint` varchar(12) NOT NULL,
  `first_seen` bigint NOT NULL,
  `stack` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL,
  PRIMARY KEY (`fingerprint`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `flyway_schema_history` (
  `installed_rank` int NOT NULL,
  `version` varchar(50) DEFAULT NULL,
  `description` varchar(200) NOT NULL,
  `type` varchar(20) NOT NULL,
  `script` varchar(1000) NOT NULL,
  `checksum` int DEFAULT NULL,
  `installed_by` varchar(100) NOT NULL,
  `installed_on` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `execution_time` int NOT NULL,
  `success` tinyint(1) NOT NULL,
  PRIMARY KEY (`installed_rank`),
  KEY `flyway_schema_history_s_idx` (`success`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `flyway_schema_history` VALUES (1, '0001', 'create batch tables', 'SQL', 'V0001__create_batch_tables.sql', -612036253, 'dumpkeeper', '2026-11-30 23:35:24', 280, 1);
INSERT INTO `flyway_schema_history` VALUES (2, '0002', 'create quartz tables', 'SQL', 'V0002__create_quartz_tables.sql', -1745640565, 'dumpkeeper', '2026-11-30 23:35:25', 917, 1);
INSERT INTO `flyway_schema_history` VALUES (3, '0003', 'create runs', 'SQL', 'V0003__create_runs.sql', -943797892, 'dumpkeeper', '2026-11-30 23:35:25', 94, 1);
INSERT INTO `flyway_schema_history` VALUES (4, '0004', 'create scan', 'SQL', 'V0004__create_scan.sql', 720489379, 'dumpkeeper', '2026-11-30 23:35:25', 52, 1);
INSERT INTO `flyway_schema_history` VALUES (5, '0005', 'create usage', 'SQL', 'V0005__create_usage.sql', 1252705213, 'dumpkeeper', '2026-11-30 23:35:25', 106, 1);
INSERT INTO `flyway_schema_history` VALUES (6, '0006', 'create ledger', 'SQL', 'V0006__create_ledger.sql', -990437637, 'dumpkeeper', '2026-11-30 23:35:25', 138, 1);
INSERT INTO `flyway_schema_history` VALUES (7, '0007', 'create retention', 'SQL', 'V0007__create_retention.sql', 1260878771, 'dumpkeeper', '2026-11-30 23:35:25', 125, 1);
INSERT INTO `flyway_schema_history` VALUES (8, '0008', 'create notify', 'SQL', 'V0008__create_notify.sql', -1440394984, 'dumpkeeper', '2026-11-30 23:35:25', 207, 1);
INSERT INTO `flyway_schema_history` VALUES (9, '0009', 'create digest', 'SQL', 'V0009__create_digest.sql', -1287498124, 'dumpkeeper', '2026-11-30 23:35:25', 43, 1);
INSERT INTO `flyway_schema_history` VALUES (10, '0010', 'create capacity', 'SQL', 'V0010__create_capacity.sql', 1251235827, 'dumpkeeper', '2026-11-30 23:35:26', 188, 1);
INSERT INTO `flyway_schema_history` VALUES (11, '0011', 'create web', 'SQL', 'V0011__create_web.sql', 1199345005, 'dumpkeeper', '2026-11-30 23:35:26', 51, 1);
INSERT INTO `flyway_schema_history` VALUES (12, '0012', 'index dumps', 'SQL', 'V0012__index_dumps.sql', 498967509, 'dumpkeeper', '2026-11-30 23:35:26', 440, 1);
INSERT INTO `flyway_schema_history` VALUES (13, '0013', 'create workers', 'SQL', 'V0013__create_workers.sql', 816263261, 'dumpkeeper', '2026-11-30 23:35:26', 70, 1);
INSERT INTO `flyway_schema_history` VALUES (14, '0014', 'fence volume plans', 'SQL', 'V0014__fence_volume_plans.sql', -1489087876, 'dumpkeeper', '2026-11-30 23:35:26', 12, 1);
INSERT INTO `flyway_schema_history` VALUES (15, '0100', 'create sessions', 'SQL', 'V0100__create_sessions.sql', 2103312604, 'dumpkeeper', '2026-11-30 23:35:26', 97, 1);
CREATE TABLE `growth_contributor` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `run_id` bigint NOT NULL,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `kind` varchar(12) NOT NULL,
  `environment` varchar(64) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `workload` varchar(128) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `dumps` bigint DEFAULT NULL,
  `happens_at` bigint DEFAULT NULL,
  `span` bigint DEFAULT NULL,
  `bytes` bigint NOT NULL,
  PRIMARY KEY (`id`),
  KEY `growth_contributor_by_run` (`run_id`,`volume`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `maintenance_run` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `job` varchar(40) NOT NULL,
  `arguments` varchar(2000) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `started_at` bigint NOT NULL,
  `finished_at` bigint DEFAULT NULL,
  `outcome` varchar(20) DEFAULT NULL,
  `exit_code` int DEFAULT NULL,
  `holder` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `attempts` int NOT NULL,
  `report` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci,
  `started_by` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL DEFAULT '',
  `started_from` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL DEFAULT '',
  `scheduled_for` bigint DEFAULT NULL,
  `stop_requested_at` bigint DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `maintenance_run_by_schedule` (`job`,`scheduled_for`),
  KEY `maintenance_run_by_start` (`started_at`),
  KEY `maintenance_run_by_job` (`job`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `maintenance_run` VALUES (1, 'reconcile-dumps', '', 1796081730238, 1796081732607, 'COMPLETED', 0, '15415@vm', 1, '{"job":"reconcile-dumps","run":1,"dryRun":false,"exitCode":0,"startedAt":"2026-11-30T23:35:30.238Z","seconds":2.279,"volumes":[{"name":"jfsdata","state":"TRUSTED","source":"GATEWAY","sourceReason":"dumpkeeper.metadata.url is not set","objects":303,"bytes":3105,"dumps":2,"unusableNames":0,"linkedNames":0}],"dumps":{"known":2,"bytes":98,"new":2,"notified":2,"unnotified":0,"unnotifiedBytes":0,"beingWritten":0,"fromTheFuture":0,"notTriaged":0,"held":0,"heldBytes":0,"vanished":0},"messages":{"waitingPages":0,"needsPerson":false},"warnings":[]}', 'command line', '15415@vm', NULL, NULL);
INSERT INTO `maintenance_run` VALUES (2, 'maintenance', '', 1796081756794, NULL, NULL, NULL, '16424@vm', 1, NULL, 'command line', '16424@vm', NULL, NULL);
CREATE TABLE `marker` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `directory` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `state` varchar(20) NOT NULL,
  `detail` varchar(2000) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `run_id` bigint NOT NULL,
  `checked_at` bigint NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `marker_once` (`volume`,`directory`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `marker` VALUES (1, 'jfsdata', 'dumpfiles', 'INTACT', NULL, 2, 1796081757604);
CREATE TABLE `migration_statement` (
  `version` varchar(50) NOT NULL,
  `hash` char(64) NOT NULL,
  PRIMARY KEY (`version`,`hash`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `migration_statement` VALUES ('0100', 'a0f0edea30c3ab30d686caf7ea2df2d17a5d847088d73347a59ab053828136d4');
INSERT INTO `migration_statement` VALUES ('0100', 'af4f905867d69c9d769a190f08a03bfa47c4f8ecf7e41964ea47b7bd5538c217');
INSERT INTO `migration_statement` VALUES ('0100', 'c49008dedeaf1004f07584151c13d198406f905673d6c83aedb8c6871607220a');
INSERT INTO `migration_statement` VALUES ('0100', 'd21db2e2050772ea470e7db1af306808e2d6ddfe598fff8dc349e457e4442291');
INSERT INTO `migration_statement` VALUES ('0100', 'fd42912ecdc5f177bb0bef8047257a7a0664558b5def3cd83c090c2b3e24211c');
CREATE TABLE `outbound_message` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `subject` varchar(200) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `pages` int NOT NULL,
  `created_at` bigint NOT NULL,
  `finished_at` bigint DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `outbound_message_once` (`subject`),
  KEY `outbound_message_by_finished` (`finished_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `outbound_message` VALUES (1, 'digest 1', 1, 1796081732274, 1796081732419);
INSERT INTO `outbound_message` VALUES (2, 'digest 2', 1, 1796081758787, NULL);
CREATE TABLE `outbound_page` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `message_id` bigint NOT NULL,
  `page` int NOT NULL,
  `content` varchar(16000) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `last_attempt` bigint DEFAULT NULL,
  `finished_at` bigint DEFAULT NULL,
  `kind` varchar(8) NOT NULL DEFAULT 'TEXT',
  `picture` mediumblob,
  `dropped` tinyint(1) NOT NULL DEFAULT '0',
  PRIMARY KEY (`id`),
  UNIQUE KEY `outbound_page_once` (`message_id`,`page`),
  KEY `outbound_page_by_finished` (`finished_at`,`message_id`,`page`),
  CONSTRAINT `outbound_page_of_message` FOREIGN KEY (`message_id`) REFERENCES `outbound_message` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `outbound_page` VALUES (1, 1, 1, CONVERT(X'232320e5a086e8bdace582a8e6b187e680bb202331efbc88e7acac20312f3120e9a1b5efbc890a3c666f6e7420636f6c6f723d22636f6d6d656e74223e31322d30312030373a333520c2b720e696b0e5a29ee5a086e8bdace582a8203220e4b8aa20c2b720393820423c2f666f6e743e0a0a6064657660202f206068656c6460202a2a3120e4b8aa2a2a20c2b7203439204220c2b72031312d30312031383a30300a3e206068656c642d306020c2b72031312d30312031383a303020c2b7203439204220c2b7205be4b88be8bdbd5d287b7b64756d703a317d7d290a0a6064657660202f2060746f6c6460202a2a3120e4b8aa2a2a20c2b7203439204220c2b72031312d30312031383a30300a3e2060746f6c642d306020c2b72031312d30312031383a303020c2b7203439204220c2b7205be4b88be8bdbd5d287b7b64756d703a327d7d290a0a3c666f6e7420636f6c6f723d22636f6d6d656e74223ee4b88be8bdbde993bee68ea5e887aae69cace6b688e681afe58f91e587bae8b5b7203120e5a4a9e58685e69c89e695883c2f666f6e743e' USING utf8mb4), 1, 1796081732419, 'TEXT', NULL, 0);
INSERT INTO `outbound_page` VALUES (2, 2, 1, CONVERT(X'232320e5a086e8bdace582a8e6b187e680bb202332efbc88e7acac20312f3120e9a1b5efbc890a3c666f6e7420636f6c6f723d22636f6d6d656e74223e31322d30312030373a333520c2b720e696b0e5a29ee5a086e8bdace582a8203120e4b8aa20c2b720343920423c2f666f6e743e0a0a6064657660202f2060756e746f6c6460202a2a3120e4b8aa2a2a20c2b7203439204220c2b72031312d30312031383a30300a3e2060756e746f6c642d306020c2b72031312d30312031383a303020c2b7203439204220c2b7205be4b88be8bdbd5d287b7b64756d703a337d7d290a0a3c666f6e7420636f6c6f723d22636f6d6d656e74223ee4b88be8bdbde993bee68ea5e887aae69cace6b688e681afe58f91e587bae8b5b7203120e5a4a9e58685e69c89e695883c2f666f6e743e' USING utf8mb4), 2, NULL, 'TEXT', NULL, 0);
CREATE TABLE `quarantined_object` (
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `object_key` varbinary(1024) NOT NULL,
  `attempts` int NOT NULL,
  `not_before` bigint NOT NULL,
  `reason` varchar(500) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `run_id` bigint NOT NULL,
  PRIMARY KEY (`volume`,`object_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `robot` (
  `id` varchar(32) NOT NULL,
  `not_before` bigint NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `robot` VALUES ('076f577e494c426d17c318732809b3f0', 0);
CREATE TABLE `shedlock` (
  `name` varchar(64) NOT NULL,
  `lock_until` datetime(3) NOT NULL,
  `locked_at` datetime(3) NOT NULL,
  `locked_by` varchar(255) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `step_partition` (
  `step_execution_id` bigint NOT NULL,
  `run_id` bigint NOT NULL,
  `step` varchar(100) NOT NULL,
  `place` int NOT NULL,
  `rules` varchar(64) NOT NULL,
  `state` varchar(10) NOT NULL,
  `at_manager` tinyint(1) NOT NULL,
  `manager` varchar(300) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `manager_beat` bigint NOT NULL,
  `worker` varchar(300) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `fence` int NOT NULL,
  `beat` bigint NOT NULL,
  `taken_over` int NOT NULL,
  `offered_at` bigint NOT NULL,
  `claimed_at` bigint DEFAULT NULL,
  `ended_at` bigint DEFAULT NULL,
  PRIMARY KEY (`step_execution_id`),
  KEY `step_partition_by_state` (`state`,`place`),
  KEY `step_partition_by_run` (`run_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `step_partition` VALUES (3, 1, 'scanVolumesOf', 1, 'a69f085c55ea6d46bb45f0b2a5721c46', 'DONE', 0, '15415@vm#9c84940a-f702-4f35-829a-981fbda204fd', 0, '15415@vm#9c84940a-f702-4f35-829a-981fbda204fd', 1, 1, 0, 1796081731476, 1796081731495, 1796081731879);
INSERT INTO `step_partition` VALUES (12, 2, 'scanVolumesOf', 1, 'b1169497db24ef3523a64f579d111a08', 'DONE', 0, '16424@vm#b2220724-3ebc-4cda-b6ff-0535804c5948', 0, '16424@vm#b2220724-3ebc-4cda-b6ff-0535804c5948', 1, 1, 0, 1796081758009, 1796081758015, 1796081758488);
INSERT INTO `step_partition` VALUES (19, 2, 'sweepVolumesOf', 1, 'b1169497db24ef3523a64f579d111a08', 'RUNNING', 0, '16424@vm#b2220724-3ebc-4cda-b6ff-0535804c5948', 0, '16424@vm#b2220724-3ebc-4cda-b6ff-0535804c5948', 1, 2, 0, 1796081758968, 1796081758971, NULL);
CREATE TABLE `volume_plan` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `plan_id` bigint NOT NULL,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `objects` bigint NOT NULL,
  `retained_objects` bigint NOT NULL,
  `candidates` bigint NOT NULL,
  `candidate_objects` bigint NOT NULL,
  `candidate_bytes` bigint NOT NULL,
  `failure` varchar(2000) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `swept_at` bigint DEFAULT NULL,
  `deleted` bigint NOT NULL,
  `confirmed` tinyint(1) NOT NULL,
  `versioning` varchar(8) DEFAULT NULL,
  `waiting_objects` bigint NOT NULL DEFAULT '0',
  `waiting_bytes` bigint NOT NULL DEFAULT '0',
  `held_objects` bigint NOT NULL DEFAULT '0',
  `newest_objects` bigint NOT NULL DEFAULT '0',
  `unproven_objects` bigint NOT NULL DEFAULT '0',
  `unproven_bytes` bigint NOT NULL DEFAULT '0',
  `future_objects` bigint NOT NULL DEFAULT '0',
  `fence` int NOT NULL DEFAULT '1',
  PRIMARY KEY (`id`),
  UNIQUE KEY `volume_plan_once` (`plan_id`,`volume`),
  KEY `volume_plan_by_volume` (`volume`,`swept_at`),
  KEY `volume_plan_sums` (`plan_id`,`candidate_objects`,`candidate_bytes`),
  CONSTRAINT `volume_plan_of_plan` FOREIGN KEY (`plan_id`) REFERENCES `expiry_plan` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `volume_plan` VALUES (1, 1, 'jfsdata', 304, 304, 300, 300, 3000, NULL, NULL, 0, 0, NULL, 2, 98, 1, 0, 0, 0, 0, 3);
CREATE TABLE `volume_scan` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `run_id` bigint NOT NULL,
  `volume` varchar(255) CHARACTER SET utf8mb4 COLLATE @names@ NOT NULL,
  `state` varchar(20) NOT NULL,
  `reason` varchar(2000) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `started_at` bigint DEFAULT NULL,
  `finished_at` bigint DEFAULT NULL,
  `objects` bigint NOT NULL,
  `bytes` bigint NOT NULL,
  `dumps` bigint NOT NULL,
  `unusable` bigint NOT NULL,
  `deleted` bigint NOT NULL,
  `linked` bigint NOT NULL DEFAULT '0',
  `linked_example` varchar(250) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  `source` varchar(20) DEFAULT NULL,
  `source_reason` varchar(1000) CHARACTER SET utf8mb4 COLLATE @names@ DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `volume_scan_once` (`run_id`,`volume`),
  KEY `volume_scan_by_volume` (`volume`,`run_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `volume_scan` VALUES (1, 1, 'jfsdata', 'TRUSTED', NULL, 1796081731545, 1796081731765, 303, 3105, 2, 0, 0, 0, NULL, 'GATEWAY', 'dumpkeeper.metadata.url is not set');
INSERT INTO `volume_scan` VALUES (2, 2, 'jfsdata', 'TRUSTED', NULL, 1796081758161, 1796081758352, 304, 3154, 3, 0, 0, 0, NULL, 'GATEWAY', 'dumpkeeper.metadata.url is not set');
