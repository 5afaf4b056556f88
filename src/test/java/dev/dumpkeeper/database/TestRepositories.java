package dev.dumpkeeper.database;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What repositories of Spring Data need beside a bean of the tables, as the application
 * has it, for tests of other rooms. A subclass names its repositories and is no
 * configuration by annotation: tests that start the application in the same JVM would
 * find it.
 */
public class TestRepositories extends AbstractJdbcConfiguration {

	@Bean
	NamedParameterJdbcOperations operations(DataSource dataSource) {
		return new NamedParameterJdbcTemplate(dataSource);
	}

	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource) {
		return new DataSourceTransactionManager(dataSource);
	}

	@Bean
	static BeanPostProcessor unquoted() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof RelationalMappingContext mapping) {
					mapping.setForceQuote(false);
				}
				return bean;
			}

		};
	}

	@Bean
	@Override
	public JdbcCustomConversions jdbcCustomConversions() {
		return new DatabaseConfiguration().jdbcCustomConversions();
	}

}
