package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.database.DatabaseWait;
import dev.dumpkeeper.lab.PlantedObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever can write to the database has no code run by what Quartz reads there, on
 * Quartz's own job store with the properties that are shipped.
 */
class PlantedSchedulesTests {

	private static final String PREFIX = "spring.quartz.properties.";

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String IN_TEN_YEARS = "0 0 0 1 1 ? 2036";

	private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private Scheduler scheduler;

	private Schedules schedules;

	@BeforeEach
	void start() throws Exception {
		new ResourceDatabasePopulator(new ClassPathResource("db/migration/h2/V0002__create_quartz_tables.sql"))
			.execute(this.dataSource);
		build();
		this.schedules.start();
		this.scheduler.standby();
		PlantedObject.sleep();
	}

	@AfterEach
	void stop() throws Exception {
		this.schedules.stop();
		this.schedules.destroy();
		assertThat(PlantedObject.isAwake()).as("code was run").isFalse();
	}

	@Test
	void noObjectIsReadAsAJobsData() throws Exception {
		assertThat(this.jdbc.update("UPDATE QRTZ_JOB_DETAILS SET JOB_DATA = ?", (Object) PlantedObject.bytes()))
			.isPositive();
		due("maintenance");
		this.scheduler.start();
		Awaitility.await().atMost(SOON).until(() -> state("maintenance").equals("ERROR") || isPast("maintenance"));
		assertIsHealed();
	}

	@Test
	void noObjectIsReadAsASchedulesData() throws Exception {
		assertThat(this.jdbc.update("UPDATE QRTZ_TRIGGERS SET JOB_DATA = ?", (Object) PlantedObject.bytes()))
			.isPositive();
		due("maintenance");
		this.scheduler.start();
		Awaitility.await().atMost(SOON).until(() -> state("maintenance").equals("ERROR") || isPast("maintenance"));
		assertIsHealed();
	}

	@Test
	void noObjectIsReadAsASchedule() throws Exception {
		this.jdbc.update("DELETE FROM QRTZ_CRON_TRIGGERS WHERE TRIGGER_NAME = 'maintenance'");
		this.jdbc.update("UPDATE QRTZ_TRIGGERS SET TRIGGER_TYPE = 'BLOB' WHERE TRIGGER_NAME = 'maintenance'");
		this.jdbc.update("""
				INSERT INTO QRTZ_BLOB_TRIGGERS (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP, BLOB_DATA)
				VALUES ('dumpkeeper', 'maintenance', 'dumpkeeper', ?)""", (Object) PlantedObject.bytes());
		due("maintenance");
		this.scheduler.start();
		Awaitility.await().atMost(SOON).until(() -> state("maintenance").equals("ERROR"));
		assertIsHealed();
	}

	@Test
	void noObjectIsReadAsACalendar() throws Exception {
		this.jdbc.update(
				"INSERT INTO QRTZ_CALENDARS (SCHED_NAME, CALENDAR_NAME, CALENDAR) VALUES ('dumpkeeper', 'c', ?)",
				(Object) PlantedObject.bytes());
		this.jdbc.update("UPDATE QRTZ_TRIGGERS SET CALENDAR_NAME = 'c' WHERE TRIGGER_NAME = 'maintenance'");
		due("maintenance");
		this.scheduler.start();
		Awaitility.await().atMost(SOON).until(() -> state("maintenance").equals("ERROR"));
		assertIsHealed();
	}

	@Test
	void aKindOfScheduleThatNobodyKnowsKeepsNoOtherFromItsTime() throws Exception {
		this.jdbc.update("UPDATE QRTZ_TRIGGERS SET TRIGGER_TYPE = 'MOON' WHERE TRIGGER_NAME = 'maintenance'");
		due("maintenance");
		this.scheduler.start();
		Awaitility.await().atMost(SOON).until(() -> state("maintenance").equals("ERROR"));
		assertIsHealed();
	}

	@Test
	void noJobIsMadeOfAnotherClass() throws Exception {
		this.jdbc.update("UPDATE QRTZ_JOB_DETAILS SET JOB_CLASS_NAME = ? WHERE JOB_NAME = 'maintenance'",
				PlantedJob.class.getName());
		due("maintenance");
		this.scheduler.start();
		Awaitility.await().atMost(SOON).until(() -> state("maintenance").equals("ERROR"));
		assertIsHealed();
	}

	/** The next process stores what Dumpkeeper's own schedules are. */
	private void assertIsHealed() throws Exception {
		stop();
		build();
		this.schedules.start();
		this.scheduler.standby();
		assertThat(state("maintenance")).isEqualTo("WAITING");
		assertThat(this.schedules.next(JobName.MAINTENANCE)).isPresent();
		assertThat(this.jdbc
			.queryForObject("SELECT JOB_CLASS_NAME FROM QRTZ_JOB_DETAILS WHERE JOB_NAME = 'maintenance'", String.class))
			.isEqualTo(ScheduledRunJob.class.getName());
	}

	private void due(String name) {
		this.jdbc.update("UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = ? WHERE TRIGGER_NAME = ?",
				System.currentTimeMillis() - 1000, name);
	}

	private String state(String name) {
		return this.jdbc.queryForObject("SELECT TRIGGER_STATE FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = ?", String.class,
				name);
	}

	private boolean isPast(String name) {
		return this.jdbc.queryForObject("SELECT NEXT_FIRE_TIME FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = ?", Long.class,
				name) > System.currentTimeMillis();
	}

	private void build() throws Exception {
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(this.dataSource);
		SchedulerFactoryBean factory = new SchedulerFactoryBean();
		factory.setSchedulerName("dumpkeeper");
		factory.setQuartzProperties(shipped());
		factory.setDataSource(this.dataSource);
		factory.setTransactionManager(transactions);
		factory.setAutoStartup(false);
		StaticApplicationContext context = new StaticApplicationContext();
		new ServiceConfiguration().onlyJobsOfOurs(context).customize(factory);
		factory.setExposeSchedulerInRepository(false);
		factory.afterPropertiesSet();
		this.scheduler = factory.getObject();
		this.schedules = new Schedules(this.scheduler,
				new ScheduleProperties(IN_TEN_YEARS, IN_TEN_YEARS, IN_TEN_YEARS, ZoneId.of("Asia/Shanghai")),
				new TransactionTemplate(transactions), new DatabaseWait(Duration.ofSeconds(5), () -> {
				}));
	}

	private static Properties shipped() throws Exception {
		Properties shipped = new Properties();
		PropertiesLoaderUtils.loadAllProperties("application.properties").forEach((name, value) -> {
			if (name.toString().startsWith(PREFIX)) {
				shipped.put(name.toString().substring(PREFIX.length()), value);
			}
		});
		assertThat(shipped).isNotEmpty();
		// A thread that has just found nothing due checks again after this, not half a
		// minute.
		shipped.put("org.quartz.scheduler.idleWaitTime", "1000");
		return shipped;
	}

	/** A job of somebody else's. */
	public static final class PlantedJob implements Job {

		private final PlantedObject object = new PlantedObject("made");

		@Override
		public void execute(JobExecutionContext context) {
			context.setResult(this.object);
		}

	}

}
