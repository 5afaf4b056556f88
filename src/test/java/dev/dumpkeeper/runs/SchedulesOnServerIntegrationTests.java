package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.junit.jupiter.api.RepeatedTest;
import org.quartz.Scheduler;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.database.DatabaseWait;
import dev.dumpkeeper.lab.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas that start for the first time at the same instant, on a database server and
 * Quartz's own job store.
 */
class SchedulesOnServerIntegrationTests {

	private static final int REPLICAS = 3;

	@RepeatedTest(5)
	void replicasThatStartTogetherAllFindTheSchedules() throws Exception {
		DatabaseServer server = DatabaseServer.shared();
		String url = server.jdbcUrl(server.newDatabase("schedules"));
		DataSource dataSource = new DriverManagerDataSource(url, server.username(), server.password());
		new ResourceDatabasePopulator(new ClassPathResource("db/migration/mysql/V0002__create_quartz_tables.sql"))
			.execute(dataSource);
		CyclicBarrier barrier = new CyclicBarrier(REPLICAS);
		ExecutorService starting = Executors.newFixedThreadPool(REPLICAS);
		List<Schedules> replicas = new ArrayList<>();
		try {
			List<Future<Void>> started = new ArrayList<>();
			for (int replica = 0; replica < REPLICAS; replica++) {
				Schedules schedules = schedules("replica-" + replica, dataSource);
				replicas.add(schedules);
				started.add(starting.submit((Callable<Void>) () -> {
					barrier.await(20, TimeUnit.SECONDS);
					schedules.start();
					return null;
				}));
			}
			for (Future<Void> start : started) {
				start.get(60, TimeUnit.SECONDS);
			}
			assertThat(replicas).allSatisfy((schedules) -> {
				assertThat(schedules.next(JobName.MAINTENANCE)).isPresent();
				assertThat(schedules.next(JobName.DAILY_REPORT)).isPresent();
			});
		}
		finally {
			starting.shutdownNow();
			for (Schedules schedules : replicas) {
				schedules.stop();
				schedules.destroy();
			}
		}
	}

	private static Schedules schedules(String instance, DataSource dataSource) throws Exception {
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
		Properties properties = new Properties();
		properties.setProperty("org.quartz.scheduler.instanceId", instance);
		properties.setProperty("org.quartz.jobStore.isClustered", "true");
		properties.setProperty("org.quartz.jobStore.useProperties", "true");
		properties.setProperty("org.quartz.threadPool.threadCount", "1");
		SchedulerFactoryBean factory = new SchedulerFactoryBean();
		factory.setSchedulerName("dumpkeeper");
		factory.setQuartzProperties(properties);
		factory.setDataSource(dataSource);
		factory.setTransactionManager(transactions);
		factory.setAutoStartup(false);
		factory.setJobFactory((fired, scheduler) -> (context) -> {
		});
		// Replicas are processes of their own; here they share one.
		factory.setExposeSchedulerInRepository(false);
		factory.afterPropertiesSet();
		Scheduler scheduler = factory.getObject();
		return new Schedules(scheduler,
				new ScheduleProperties("0 0 */6 * * ?", "0 0 9 * * ?", "0 * * * * ?", ZoneId.of("Asia/Shanghai")),
				new TransactionTemplate(transactions), new DatabaseWait(Duration.ofSeconds(5), () -> {
				}));
	}

}
