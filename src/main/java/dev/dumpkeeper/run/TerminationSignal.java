package dev.dumpkeeper.run;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Whether this process was told to end, and whether a person at the keyboard did it.
 * After the application has started, other components stop the work in progress; before
 * that, this stops the start itself, which may take longer than people wait.
 */
public final class TerminationSignal
		implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TerminationSignal.class);

	private static final int INTERRUPTED = 130;

	private final Thread hook = new Thread(() -> this.requested = true, "ending");

	private Runnable giveBackKeyboard = () -> {
	};

	private volatile boolean requested;

	private volatile boolean byPerson;

	private volatile boolean started;

	/** Listens to the signals of this process, until it is closed. */
	public void listen() {
		try {
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// The process is already ending.
			this.requested = true;
		}
		try {
			hearKeyboard();
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("Ctrl-C is taken for a SIGTERM", ex);
		}
	}

	/**
	 * Handles Ctrl-C. The JVM treats SIGINT and SIGTERM alike and does not report which
	 * one it was. Uses reflection, since the compiler warns of this class, although every
	 * JDK has it.
	 */
	private void hearKeyboard() throws ReflectiveOperationException {
		Class<?> signal = Class.forName("sun.misc.Signal");
		Class<?> handler = Class.forName("sun.misc.SignalHandler");
		Method handle = signal.getMethod("handle", signal, handler);
		Object interrupt = signal.getConstructor(String.class).newInstance("INT");
		// Only its handle method is ever called.
		Object previous = handle.invoke(null, interrupt, Proxy.newProxyInstance(handler.getClassLoader(),
				new Class<?>[] { handler }, (proxy, method, arguments) -> interrupted()));
		this.giveBackKeyboard = () -> {
			try {
				handle.invoke(null, interrupt, previous);
			}
			catch (ReflectiveOperationException ex) {
				logger.debug("the keyboard is still listened to", ex);
			}
		};
	}

	/** Ends the process as the JVM's own handler does, which waits for all hooks. */
	private @Nullable Object interrupted() {
		this.byPerson = true;
		System.exit(INTERRUPTED);
		return null;
	}

	/**
	 * Returns whether the process was told to end.
	 * @return {@code true} from the first signal on
	 */
	public boolean isRequested() {
		return this.requested;
	}

	/**
	 * Returns whether a person at the keyboard ended it.
	 * @return {@code true} after Ctrl-C
	 */
	public boolean isByPerson() {
		return this.byPerson;
	}

	/**
	 * Stops the start of a process that was told to end.
	 * @throws StoppedException when it was
	 */
	public void check() {
		if (this.requested && !this.started) {
			// The web server's starter would log this as an error of its own.
			LoggingSystem.get(TerminationSignal.class.getClassLoader())
				.setLogLevel("org.springframework.boot", LogLevel.OFF);
			throw new StoppedException();
		}
	}

	/** Marks the application as started: from now on others stop the work in progress. */
	public void started() {
		this.started = true;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton("ending", this);
		context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				check();
				return bean;
			}

		});
	}

	@Override
	public void close() {
		this.giveBackKeyboard.run();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			logger.debug("the process is ending", ex);
		}
	}

}
