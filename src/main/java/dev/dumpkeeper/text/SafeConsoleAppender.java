package dev.dumpkeeper.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
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
		super.append(new SafeEvent(event));
	}

	private static @Nullable String safe(@Nullable String text) {
		return (text == null) ? null : SafeText.oneLine(text);
	}

	private static @Nullable IThrowableProxy safe(@Nullable IThrowableProxy failure) {
		return (failure == null) ? null : new SafeFailure(failure);
	}

	/** Passes on nulls that Logback's interfaces may return without declaring them. */
	@SuppressWarnings("NullAway")
	private record SafeEvent(ILoggingEvent event) implements ILoggingEvent {

		@Override
		public String getThreadName() {
			return safe(this.event.getThreadName());
		}

		@Override
		public Level getLevel() {
			return this.event.getLevel();
		}

		@Override
		public String getMessage() {
			return safe(this.event.getMessage());
		}

		@Override
		public Object[] getArgumentArray() {
			return this.event.getArgumentArray();
		}

		@Override
		public String getFormattedMessage() {
			return safe(this.event.getFormattedMessage());
		}

		@Override
		public String getLoggerName() {
			return this.event.getLoggerName();
		}

		@Override
		public LoggerContextVO getLoggerContextVO() {
			return this.event.getLoggerContextVO();
		}

		@Override
		public IThrowableProxy getThrowableProxy() {
			return safe(this.event.getThrowableProxy());
		}

		@Override
		public StackTraceElement[] getCallerData() {
			return this.event.getCallerData();
		}

		@Override
		public boolean hasCallerData() {
			return this.event.hasCallerData();
		}

		@Override
		public List<Marker> getMarkerList() {
			return this.event.getMarkerList();
		}

		@Override
		public Map<String, String> getMDCPropertyMap() {
			Map<String, String> values = new LinkedHashMap<>();
			this.event.getMDCPropertyMap().forEach((key, value) -> values.put(safe(key), safe(value)));
			return values;
		}

		@Override
		@Deprecated
		public Map<String, String> getMdc() {
			return getMDCPropertyMap();
		}

		@Override
		public long getTimeStamp() {
			return this.event.getTimeStamp();
		}

		@Override
		public int getNanoseconds() {
			return this.event.getNanoseconds();
		}

		@Override
		public long getSequenceNumber() {
			return this.event.getSequenceNumber();
		}

		@Override
		public List<KeyValuePair> getKeyValuePairs() {
			List<KeyValuePair> pairs = this.event.getKeyValuePairs();
			return (pairs == null) ? null
					: pairs.stream()
						.map((pair) -> new KeyValuePair(safe(pair.key),
								(pair.value instanceof CharSequence text) ? safe(text.toString()) : pair.value))
						.toList();
		}

		@Override
		public void prepareForDeferredProcessing() {
			this.event.prepareForDeferredProcessing();
		}

	}

	@SuppressWarnings("NullAway")
	private record SafeFailure(IThrowableProxy failure) implements IThrowableProxy {

		@Override
		public String getMessage() {
			return safe(this.failure.getMessage());
		}

		@Override
		public String getOverridingMessage() {
			return safe(this.failure.getOverridingMessage());
		}

		@Override
		public String getClassName() {
			return this.failure.getClassName();
		}

		@Override
		public StackTraceElementProxy[] getStackTraceElementProxyArray() {
			return this.failure.getStackTraceElementProxyArray();
		}

		@Override
		public int getCommonFrames() {
			return this.failure.getCommonFrames();
		}

		@Override
		public IThrowableProxy getCause() {
			return safe(this.failure.getCause());
		}

		@Override
		public IThrowableProxy[] getSuppressed() {
			IThrowableProxy[] suppressed = this.failure.getSuppressed();
			if (suppressed == null) {
				return null;
			}
			IThrowableProxy[] safe = new IThrowableProxy[suppressed.length];
			for (int i = 0; i < suppressed.length; i++) {
				safe[i] = safe(suppressed[i]);
			}
			return safe;
		}

		@Override
		public boolean isCyclic() {
			return this.failure.isCyclic();
		}

	}

}
