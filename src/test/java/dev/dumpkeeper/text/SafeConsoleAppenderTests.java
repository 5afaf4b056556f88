package dev.dumpkeeper.text;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is logged, in whatever format, is on one line of its own.
 */
class SafeConsoleAppenderTests {

	private static final String HOSTILE = "evil\n2026-11-29T00:00:00.000Z ERROR FORGED\r\u009B31m\u001B[2J\u2028\u202E";

	@ParameterizedTest
	@ValueSource(strings = { "", "ecs", "gelf", "logstash" })
	void nothingThatIsLoggedForgesALine(String format) throws JoranException {
		PrintStream real = System.err;
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		LoggingSystem logging = new LogbackLoggingSystem(getClass().getClassLoader());
		try {
			System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
			MockEnvironment environment = new MockEnvironment();
			if (!format.isEmpty()) {
				environment.setProperty("logging.structured.format.console", format);
			}
			logging.beforeInitialize();
			logging.initialize(new LoggingInitializationContext(environment), "classpath:logback-spring.xml",
					(LogFile) null);
			log();
		}
		finally {
			logging.cleanUp();
			System.setErr(real);
			// As other tests find it.
			LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
			context.reset();
			new ContextInitializer(context).autoConfig();
		}
		String log = written.toString(StandardCharsets.UTF_8);
		assertThat(log).contains("evil\\").contains("the message").contains("the cause");
		assertThat(log.lines()).noneMatch((line) -> line.startsWith("2026-11-29T00:00:00.000Z"));
		assertThat(log.codePoints().filter((c) -> c != '\n' && c != '\t').anyMatch(SafeText::isUnsafe)).as(log)
			.isFalse();
	}

	private static void log() {
		Logger logger = (Logger) LoggerFactory.getLogger("dev.dumpkeeper.test");
		IllegalStateException failure = new IllegalStateException("the message " + HOSTILE,
				new IllegalArgumentException("the cause " + HOSTILE));
		failure.addSuppressed(new IllegalStateException(HOSTILE));
		try (MDC.MDCCloseable volume = MDC.putCloseable("volume", HOSTILE)) {
			logger.info("an argument {}", HOSTILE);
			logger.warn("with a failure: " + HOSTILE, failure);
			logger.atWarn().addKeyValue("key", HOSTILE).log("a pair");
		}
	}

}
