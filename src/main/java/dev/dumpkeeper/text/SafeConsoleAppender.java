package dev.dumpkeeper.text;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the log with every message, exception text and context value on one line,
 * whatever library logs it and in whatever format. Public, since Logback instantiates it
 * by name.
 */
public final class SafeConsoleAppender extends ConsoleAppender<ILoggingEvent> {

	/** Creates an instance; Logback sets its properties. */
	public SafeConsoleAppender() {
	}

	@Override
	protected void append(ILoggingEvent event) {
		super.append(safe(ILoggingEvent.class, event));
	}

	/** Makes everything safe that the methods of an interface return. */
	private static <T> T safe(Class<T> type, T value) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				try {
					return safe(method.invoke(value, arguments));
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	private static @Nullable Object safe(@Nullable Object value) {
		if (value instanceof CharSequence text) {
			return SafeText.oneLine(text.toString());
		}
		if (value instanceof IThrowableProxy failure) {
			return safe(IThrowableProxy.class, failure);
		}
		if (value instanceof IThrowableProxy[] failures) {
			return Stream.of(failures).map(SafeConsoleAppender::safe).toArray(IThrowableProxy[]::new);
		}
		if (value instanceof Map<?, ?> context) {
			Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
			context.forEach((key, each) -> values.put(safe(key), safe(each)));
			return values;
		}
		if (value instanceof List<?> list) {
			return list.stream().map(SafeConsoleAppender::safe).toList();
		}
		if (value instanceof KeyValuePair pair) {
			return new KeyValuePair(SafeText.oneLine(pair.key), safe(pair.value));
		}
		return value;
	}

}
