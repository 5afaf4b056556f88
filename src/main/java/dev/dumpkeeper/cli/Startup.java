package dev.dumpkeeper.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.run.TerminationSignal;
import dev.dumpkeeper.settings.ExampleSecrets;
import dev.dumpkeeper.settings.KnownProperties;
import dev.dumpkeeper.settings.SensitiveValues;
import dev.dumpkeeper.settings.SettingsCheck;

/**
 * Starts the application for a command, after checking all properties.
 */
final class Startup implements AutoCloseable {

	private final Class<?> application;

	private final PrintStream out;

	private final PrintStream err;

	private final TerminationSignal termination = new TerminationSignal();

	private @Nullable SensitiveValues sensitive;

	Startup(Class<?> application, PrintStream out, PrintStream err) {
		this.application = application;
		this.out = out;
		this.err = err;
		this.termination.listen();
	}

	PrintStream out() {
		return this.out;
	}

	PrintStream err() {
		return this.err;
	}

	/** Starts the application without a web server for the duration of the work. */
	int within(List<String> settings, ToIntFunction<ConfigurableApplicationContext> work) {
		SpringApplication spring = application(settings, WebApplicationType.NONE);
		spring.setDefaultProperties(Map.of(ServiceAutoConfigurationFilter.SINGLE_RUN, true));
		try (ConfigurableApplicationContext context = spring.run(settings.toArray(String[]::new))) {
			this.termination.started();
			return work.applyAsInt(context);
		}
	}

	/** Runs the service until the process is told to end. */
	int serve(List<String> settings) {
		SpringApplication spring = application(settings, WebApplicationType.SERVLET);
		CountDownLatch closed = new CountDownLatch(1);
		spring.addListeners((ApplicationListener<ContextClosedEvent>) (event) -> closed.countDown());
		spring.run(settings.toArray(String[]::new));
		this.termination.started();
		LoggerFactory.getLogger(Startup.class).info("the service is up");
		try {
			closed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return ExitCode.STOPPED.number();
	}

	private SpringApplication application(List<String> settings, WebApplicationType type) {
		for (String setting : settings) {
			if (!setting.matches("(?s)--[a-z][\\w.\\-\\[\\]]*=.*")) {
				throw unknown(setting);
			}
		}
		SpringApplication spring = new SpringApplication(this.application);
		spring.setWebApplicationType(type);
		spring.setBannerMode(Banner.Mode.OFF);
		spring.setLogStartupInfo(false);
		spring.addInitializers(this.termination, this::checkSettings);
		return spring;
	}

	/** Omits the value, which may be a secret after a misspelt option. */
	static InvalidRequestException unknown(String argument) {
		return new InvalidRequestException("unknown argument '"
				+ argument.replaceFirst("(?s)=.{4,}", "=...").replaceFirst("(?s)[^\\w.= \\-].*", "...")
				+ "' (see --help)");
	}

	private void checkSettings(ConfigurableApplicationContext context) {
		this.sensitive = new SensitiveValues(context.getEnvironment());
		KnownProperties known = new KnownProperties();
		known.check(context.getEnvironment());
		new SettingsCheck(known, context.getEnvironment()).check();
		new ExampleSecrets(context.getEnvironment()).check();
	}

	/**
	 * Returns the cause of a failure: an application that is closed during its start or
	 * its work fails in many ways.
	 */
	Throwable cause(Throwable failure) {
		return this.termination.isRequested() ? new StoppedException() : failure;
	}

	String mask(String text) {
		return (this.sensitive != null) ? this.sensitive.mask(text) : text;
	}

	@Override
	public void close() {
		this.termination.close();
	}

}
