package dev.dumpkeeper.database;

import javax.sql.DataSource;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.annotation.Isolation;

/**
 * Spring Batch's own tables in a test's database.
 */
public final class TestBatch {

	private TestBatch() {
	}

	/** Creates the tables, and the repository as the program has it. */
	public static JobRepository repository(DataSource database) {
		new ResourceDatabasePopulator(new ClassPathResource("db/migration/h2/V0001__create_batch_tables.sql"))
			.execute(database);
		JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
		factory.setDataSource(database);
		factory.setTransactionManager(new DataSourceTransactionManager(database));
		factory.setSerializer(new ScalarContextSerializer());
		factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
		try {
			factory.afterPropertiesSet();
			return factory.getObject();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
