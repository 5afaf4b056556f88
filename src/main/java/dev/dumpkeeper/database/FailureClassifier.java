package dev.dumpkeeper.database;

import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.text.SafeText;

/**
 * Explains a failure in one line, with the exit code of the process.
 *
 * @param code the exit code
 * @param message one line for people
 */
public record FailureClassifier(ExitCode code, String message) {

	/** H2: the file is open in another process. */
	private static final int H2_IN_USE = 90020;

	private static final Pattern SECRET = Pattern.compile("(?i)(password|secret|key)=[^&;\\s]+");

	/**
	 * Classifies a failure.
	 * @param failure any exception
	 * @return the first known cause, or an unexpected failure
	 */
	public static FailureClassifier of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			FailureClassifier known = known(cause);
			if (known != null) {
				return new FailureClassifier(known.code, oneLine(known.message));
			}
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		return new FailureClassifier(ExitCode.UNEXPECTED,
				oneLine("unexpected failure: " + root.getClass().getSimpleName() + ": " + root.getMessage()));
	}

	/**
	 * Logs a failure that no caller handles, with a stack trace only if it is unknown.
	 * @param logger the log
	 * @param what what failed
	 */
	public static void log(Logger logger, String what, RuntimeException failure) {
		FailureClassifier known = of(failure);
		logger.error("{} failed: {}", what, known.message(), (known.code() == ExitCode.UNEXPECTED) ? failure : null);
	}

	private static @Nullable FailureClassifier known(Throwable cause) {
		if (cause instanceof InvalidRequestException) {
			return new FailureClassifier(ExitCode.USAGE, String.valueOf(cause.getMessage()));
		}
		if (cause instanceof StoppedException) {
			return new FailureClassifier(ExitCode.STOPPED, "stopped; the next run continues");
		}
		if (cause instanceof GatewayException gateway && gateway.kind() == GatewayException.Kind.ABSENT) {
			return new FailureClassifier(ExitCode.USAGE, "dumpkeeper.gateway.bucket: " + cause.getMessage());
		}
		if (cause instanceof GatewayException) {
			return new FailureClassifier(ExitCode.GATEWAY, "the gateway failed: " + cause.getMessage());
		}
		if (cause instanceof BindValidationException validation) {
			return new FailureClassifier(ExitCode.USAGE, validation(validation));
		}
		if (cause instanceof BindException bind && !(cause.getCause() instanceof BindValidationException)) {
			return new FailureClassifier(ExitCode.USAGE, bind(bind));
		}
		if (cause instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
			return new FailureClassifier(ExitCode.LOCKED, "another process holds the database file; nothing was done");
		}
		if (isMigration(cause)) {
			return migration(cause);
		}
		if (isDatabase(cause)) {
			return new FailureClassifier(ExitCode.DATABASE,
					"the database is not available: " + words(NestedExceptionUtils.getMostSpecificCause(cause)));
		}
		return null;
	}

	/** The message of a file error is only its path, so the exception's name is added. */
	private static @Nullable String words(Throwable root) {
		return (root instanceof FileSystemException file)
				? "its file cannot be opened: " + file.getFile() + " (" + root.getClass().getSimpleName() + ")"
				: root.getMessage();
	}

	private static boolean isDatabase(Throwable cause) {
		if (cause.getCause() != null && hasKnown(cause.getCause())) {
			return false;
		}
		return cause instanceof DataAccessResourceFailureException || cause instanceof TransientDataAccessException
				|| cause instanceof QueryTimeoutException || cause instanceof CannotCreateTransactionException
				|| cause instanceof SQLTransientConnectionException
				|| cause instanceof SQLNonTransientConnectionException
				|| cause instanceof SQLException sql && DatabaseErrors.isUnavailable(sql);
	}

	/** Whether a migration failed that needs manual action in the database. */
	private static boolean isMigration(Throwable cause) {
		return cause instanceof MigrationFailedException || cause.getClass().getName().startsWith("org.flywaydb.");
	}

	private static FailureClassifier migration(Throwable failure) {
		Throwable said = failure;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (isDatabase(cause)) {
				return new FailureClassifier(ExitCode.DATABASE, "the database is not available: "
						+ NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
			}
			said = (cause instanceof MigrationFailedException) ? cause : said;
		}
		return new FailureClassifier(ExitCode.USAGE,
				"spring.datasource.url: the tables of this database cannot be brought to this version, see \"A migration"
						+ " fails\" in docs/operations.md: " + said.getMessage());
	}

	/** A deeper cause may be more specific, such as a file that is in use. */
	private static boolean hasKnown(Throwable cause) {
		for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
			if (deeper instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
				return true;
			}
		}
		return false;
	}

	private static String validation(BindValidationException ex) {
		ObjectError error = ex.getValidationErrors().getAllErrors().get(0);
		String prefix = ex.getValidationErrors().getName().toString();
		if (error instanceof FieldError field) {
			// A field of a map is called gateways[east].endpoint.
			return prefix + "." + kebab(field.getField().replace("[", ".").replace("]", "")) + " "
					+ error.getDefaultMessage();
		}
		return prefix + " " + error.getDefaultMessage();
	}

	private static String bind(BindException ex) {
		String expected = "";
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion) {
				expected = expected(conversion.getTargetType());
			}
		}
		String name = (ex.getProperty() != null) ? ex.getProperty().getName().toString() : ex.getName().toString();
		String message = String.valueOf(root.getMessage());
		if (expected.isEmpty() && root instanceof IllegalArgumentException && message.startsWith("dumpkeeper.")) {
			return message;
		}
		if (expected.isEmpty() && root instanceof IllegalArgumentException && message.startsWith(".")) {
			return ex.getName() + message;
		}
		// Omits the value and the library's message, since any property may contain a
		// secret by mistake.
		return name + " is invalid" + (expected.isEmpty() ? "" : "; expected " + expected);
	}

	private static String expected(TypeDescriptor type) {
		Class<?> target = type.getType();
		if (target.isEnum()) {
			return "one of " + String.join(", ",
					java.util.Arrays.stream(target.getEnumConstants())
						.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
						.toList());
		}
		return switch (target.getSimpleName()) {
			case "Duration" -> "a duration such as 90s, 36h or 2d";
			case "DataSize" -> "a size such as 512Mi or 50Gi";
			case "URI" -> "an address such as http://gateway:9000";
			case "DirectoryPath" ->
				"directories below the volume, such as dumpfiles, without a wildcard or slashes around them";
			case "ZoneId" -> "a time zone such as Asia/Shanghai";
			case "Pattern" -> "a regular expression";
			case "Path" -> "the path of a file";
			case "int", "Integer", "long", "Long" -> "a whole number";
			case "double", "Double" -> "a number such as 0.8";
			case "boolean", "Boolean" -> "true or false";
			default -> "another value";
		};
	}

	private static String kebab(String field) {
		return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

	private static String oneLine(String message) {
		Matcher secrets = SECRET.matcher(message.strip().replaceAll("[\\s\\p{Cntrl}]+", " "));
		return SafeText.oneLine(secrets.replaceAll("$1=******"));
	}

}
