package dev.dumpkeeper.maintenance;

import java.sql.JDBCType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;

/**
 * What the two databases need to behave alike.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/** Connector/J sends a batch as one statement only when told to. */
	private static final Map<String, String> MYSQL_DRIVER = Map.of("rewriteBatchedStatements", "true",
			"connectionTimeZone", "UTC", "connectTimeout", "10000", "socketTimeout", "60000");

	@Bean
	static BeanPostProcessor databaseDefaults(ObjectProvider<RunProperties> properties, ObjectProvider<Ending> ending) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource dataSource && isMysql(String.valueOf(dataSource.getJdbcUrl()))) {
					MYSQL_DRIVER.forEach((key, value) -> {
						if (!dataSource.getJdbcUrl().contains(key + "=")) {
							dataSource.addDataSourceProperty(key, value);
						}
					});
				}
				if (bean instanceof RelationalMappingContext mapping) {
					// Quoted names would have to be upper case on H2 and lower case on
					// MySQL.
					mapping.setForceQuote(false);
				}
				return bean;
			}

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource dataSource) {
					new DatabaseWait(properties.getObject().awaitDatabase(), () -> ending.ifAvailable(Ending::check))
						.until(dataSource);
				}
				return bean;
			}

		};
	}

	private static boolean isMysql(String url) {
		return url.startsWith("jdbc:mysql:");
	}

	@Bean
	FlywayConfigurationCustomizer migrations(Environment environment) {
		boolean mysql = isMysql(environment.getProperty("spring.datasource.url", ""));
		return (configuration) -> migrations(configuration, mysql);
	}

	/**
	 * How migrations are executed. One serves both databases: MySQL's default collations
	 * take 'a' and 'A' for one name.
	 */
	static FluentConfiguration migrations(FluentConfiguration configuration, boolean mysql) {
		return configuration.placeholders(Map.of("bin", mysql ? "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "",
				"text", mysql ? "CHARACTER SET utf8mb4" : ""))
			.callbacks(new ResumableMigrations());
	}

	@Bean
	JdbcCustomConversions jdbcCustomConversions() {
		return new JdbcCustomConversions(List.of(InstantWriter.INSTANCE, InstantReader.INSTANCE));
	}

	@WritingConverter
	enum InstantWriter implements Converter<Instant, JdbcValue> {

		INSTANCE;

		@Override
		public JdbcValue convert(Instant source) {
			return JdbcValue.of(source.toEpochMilli(), JDBCType.BIGINT);
		}

	}

	@ReadingConverter
	enum InstantReader implements Converter<Long, Instant> {

		INSTANCE;

		@Override
		public Instant convert(Long source) {
			return Instant.ofEpochMilli(source);
		}

	}

}
