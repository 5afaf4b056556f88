package dev.dumpkeeper.database;

import java.sql.JDBCType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;

import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.run.TerminationSignal;

/**
 * Makes the two databases behave alike.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/** Connector/J sends a batch as one statement only with this setting. */
	private static final Map<String, String> MYSQL_DRIVER = Map.of("rewriteBatchedStatements", "true",
			"connectionTimeZone", "UTC", "connectTimeout", "10000", "socketTimeout", "60000");

	/**
	 * Overrides server variables that affect correctness: hours that a time zone skips,
	 * values that are rejected or truncated, and whether there are transactions at all.
	 */
	private static final String MYSQL_SESSION = "time_zone='+00:00',"
			+ "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',default_storage_engine=InnoDB,"
			+ "foreign_key_checks=1,unique_checks=1,sql_safe_updates=0,sql_select_limit=DEFAULT";

	private static final String H2_SESSION = "SET TIME ZONE 'UTC'";

	private static final Pattern H2_TRACE = Pattern.compile("(?i);\\s*TRACE_[A-Z_]+\\s*=[^;]*");

	@Bean
	DatabaseWait databaseWait(RunProperties properties, ObjectProvider<TerminationSignal> ending) {
		return new DatabaseWait(properties.awaitDatabase(), () -> ending.ifAvailable(TerminationSignal::check));
	}

	@Bean
	static BeanPostProcessor databaseDefaults(ObjectProvider<DatabaseWait> wait) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource dataSource) {
					defaults(dataSource);
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
					wait.getObject().until(dataSource);
				}
				return bean;
			}

		};
	}

	/** Sets values that are not configured. */
	static void defaults(HikariDataSource dataSource) {
		String url = String.valueOf(dataSource.getJdbcUrl());
		boolean mysql = isMysql(url);
		if (!mysql) {
			if (url.startsWith("jdbc:h2:")) {
				dataSource.setJdbcUrl(quiet(url));
			}
			if (dataSource.getConnectionInitSql() == null) {
				dataSource.setConnectionInitSql(H2_SESSION);
			}
			return;
		}
		if (!url.contains("sessionVariables=")) {
			// The driver has to know them, since it quotes names according to the
			// session's sql_mode.
			dataSource.addDataSourceProperty("sessionVariables", MYSQL_SESSION);
		}
		else if (dataSource.getConnectionInitSql() == null) {
			dataSource.setConnectionInitSql("SET SESSION " + MYSQL_SESSION);
		}
		MYSQL_DRIVER.forEach((key, value) -> {
			if (!url.contains(key + "=")) {
				dataSource.addDataSourceProperty(key, value);
			}
		});
		if (dataSource.getTransactionIsolation() == null) {
			dataSource.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
		}
		dataSource.setExceptionOverride(new DemotedServers(dataSource));
	}

	/** Waits for a server that temporarily accepts no changes. */
	@Bean
	FlywayMigrationStrategy migrationStrategy(DatabaseWait wait) {
		return (flyway) -> wait.through(() -> NameCollation.migrate(flyway));
	}

	/**
	 * H2 writes its trace to standard output, where the report belongs, and to a file
	 * beside its database; if it cannot, it prints a stack trace.
	 */
	static String quiet(String url) {
		String quiet = H2_TRACE.matcher(url).replaceAll("").replaceFirst(";$", "") + ";TRACE_LEVEL_FILE=0";
		// H2 would close its file at the first signal, before the end of the run is
		// recorded.
		return quiet.toUpperCase(Locale.ROOT).contains(";DB_CLOSE_ON_EXIT=") ? quiet
				: quiet + ";DB_CLOSE_ON_EXIT=FALSE";
	}

	private static boolean isMysql(String url) {
		return url.startsWith("jdbc:mysql:");
	}

	@Bean
	FlywayConfigurationCustomizer migrations() {
		return DatabaseConfiguration::migrations;
	}

	/** One migration serves all databases; these are the placeholders for H2. */
	static FluentConfiguration migrations(FluentConfiguration configuration) {
		return configuration.placeholders(Map.of("bin", "", "text", "", "datetime", "TIMESTAMP"))
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
