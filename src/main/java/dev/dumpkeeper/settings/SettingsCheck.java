package dev.dumpkeeper.settings;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Checks the values of all properties before any are bound: removes white space that was
 * pasted with a value, and refuses values that Spring would guess. Messages contain the
 * property and never a possible secret.
 */
public final class SettingsCheck {

	private static final String DATABASE_URL = "spring.datasource.url";

	/** Often pasted; Spring binds them itself. */
	private static final List<String> DATABASE = List.of(DATABASE_URL, "spring.datasource.username");

	/**
	 * A password may begin or end with a space, but not with the line break of its file.
	 */
	private static final List<String> PASSWORDS = List.of("spring.datasource.password", "dumpkeeper.metadata.password",
			"dumpkeeper.capacity.metadata.password");

	/** Values that may contain line breaks. */
	private static final Set<String> FREE = Set.of("dumpkeeper.marker.content", "dumpkeeper.ledger.name-patterns");

	private static final String DRIVER = "spring.datasource.driver-class-name";

	private static final Pattern MYSQL = Pattern.compile("jdbc:mysql[a-z:+]*://([^/?#]*)(/[^?#@]*(\\?.*)?)?");

	private static final Pattern HOSTS = Pattern
		.compile("((\\[[0-9a-fA-F:.%]+]|[\\w.-]+)(:\\d{1,5})?)(,(\\[[0-9a-fA-F:.%]+]|[\\w.-]+)(:\\d{1,5})?)*");

	private static final Pattern VOLUME = Pattern.compile("([a-z0-9-]{1,32}/)?[\\w.-]{1,63}");

	private static final String DURATION = "java.time.Duration";

	private static final String ZONE = "java.time.ZoneId";

	private static final String SIZE = "org.springframework.util.unit.DataSize";

	private final KnownProperties known;

	private final ConfigurableEnvironment environment;

	private final Binder binder;

	private final Map<String, Object> trimmed = new HashMap<>();

	/**
	 * Creates an instance.
	 * @param known the known properties
	 * @param environment the configured properties
	 */
	public SettingsCheck(KnownProperties known, ConfigurableEnvironment environment) {
		this.known = known;
		this.environment = environment;
		this.binder = Binder.get(environment);
	}

	/**
	 * Checks every value.
	 * @throws InvalidRequestException at the first one that is refused
	 */
	public void check() {
		this.known.types().forEach((name, type) -> {
			if ((name + ".").equals(GatewayKeys.PREFIX)) {
				gateways();
			}
			else if (type.startsWith("java.util.List<")) {
				String whole = value(name, Bindable.of(String.class));
				if (whole != null && !FREE.contains(name)) {
					strip(name, whole);
				}
				each(name, value(name, Bindable.listOf(String.class)));
			}
			else if (type.startsWith("java.util.Map<")) {
				each(name, type, value(name, Bindable.mapOf(String.class, String.class)));
			}
			else {
				scalar(name, type, value(name, Bindable.of(String.class)));
			}
		});
		DATABASE.forEach((name) -> scalar(name, "java.lang.String", value(name, Bindable.of(String.class))));
		database(value(DATABASE_URL, Bindable.of(String.class)));
		driver(value(DRIVER, Bindable.of(String.class)));
		PASSWORDS.forEach((name) -> password(name, value(name, Bindable.of(String.class))));
		if (!this.trimmed.isEmpty()) {
			this.environment.getPropertySources().addFirst(new MapPropertySource("without white space", this.trimmed));
		}
	}

	private void gateways() {
		GatewayKeys.of(this.environment).forEach((name, value) -> {
			String model = this.known.documented(GatewayKeys.model(name));
			if (PASSWORDS.contains(model)) {
				password(name, value);
			}
			else {
				scalar(name, this.known.types().getOrDefault(model, ""), value);
			}
		});
	}

	private <T> @Nullable T value(String name, Bindable<T> type) {
		try {
			return this.binder.bind(ConfigurationPropertyName.of(name), type).orElse(null);
		}
		catch (BindException ex) {
			// The original message would contain the value.
			throw new InvalidRequestException(name + " is invalid: a ${...} in it leads back to itself");
		}
	}

	private String strip(String name, String value) {
		String text = value.strip();
		if (!text.equals(value)) {
			this.trimmed.put(name, text);
		}
		return text;
	}

	private void scalar(String name, String type, @Nullable String value) {
		if (value == null || FREE.contains(name) || PASSWORDS.contains(name)) {
			return;
		}
		String text = strip(name, value);
		clean(name, text);
		typed(name, type, text);
	}

	private void password(String name, @Nullable String value) {
		if (value == null) {
			return;
		}
		String text = value.replaceFirst("[\\r\\n]+$", "");
		if (!text.equals(value)) {
			this.trimmed.put(name, text);
		}
		clean(name, text);
	}

	/**
	 * For an empty address Spring would use an in-memory database, which forgets all
	 * notifications.
	 */
	private static void database(@Nullable String address) {
		String text = (address != null) ? address.strip() : "";
		if (address != null && !isMysql(text) && !text.startsWith("jdbc:h2:")) {
			throw new InvalidRequestException(DATABASE_URL + (text.isEmpty() ? " is empty" : " cannot be read")
					+ "; expected an address such as jdbc:mysql://HOST:3306/dumpkeeper or jdbc:h2:file:./data/dumpkeeper");
		}
	}

	/** Spring's message would repeat the value. */
	private static void driver(@Nullable String name) {
		if (name != null && !ClassUtils.isPresent(name, SettingsCheck.class.getClassLoader())) {
			throw new InvalidRequestException(DRIVER + " names no driver that is here; it is best left out");
		}
	}

	/** The driver's message would repeat the value, including a part of a password. */
	private static boolean isMysql(String address) {
		Matcher mysql = MYSQL.matcher(address);
		if (!mysql.matches()) {
			return false;
		}
		String login = mysql.group(1);
		String hosts = login.substring(login.lastIndexOf('@') + 1);
		return hosts.isEmpty() || hosts.indexOf('(') >= 0 || HOSTS.matcher(hosts).matches();
	}

	private static void each(String name, @Nullable List<String> values) {
		if (values == null || FREE.contains(name)) {
			return;
		}
		for (int i = 0; i < values.size(); i++) {
			String value = values.get(i);
			clean(name + "[" + i + "]", value);
			if (!value.equals(value.strip())) {
				throw new InvalidRequestException(name + "[" + i + "] begins or ends with white space");
			}
			if (value.isEmpty()) {
				throw new InvalidRequestException(name + "[" + i + "] is empty");
			}
		}
	}

	private void each(String name, String type, @Nullable Map<String, String> values) {
		if (values != null) {
			// A volume's name must be shown; other text may be a secret.
			values.forEach(
					(key, value) -> typed(name + "." + (VOLUME.matcher(key).matches() ? key : "..."), type, value));
		}
	}

	private static void clean(String name, String value) {
		if (value.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidRequestException(name + " has a line break or another control character in it");
		}
	}

	private void typed(String name, String type, String value) {
		if (type.equals(ZONE)) {
			zone(name, value);
		}
		try {
			if (type.endsWith(DURATION) || type.endsWith(DURATION + ">")) {
				Quantities.duration(value, unit(this.known.defaultValue(name)));
			}
			if (type.endsWith(SIZE) || type.endsWith(SIZE + ">")) {
				Quantities.size(value);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException(name + " " + ex.getMessage());
		}
	}

	/**
	 * Some packages read it from the environment, where a failure would be hard to
	 * understand.
	 */
	private static void zone(String name, String value) {
		try {
			ZoneId.of(value);
		}
		catch (DateTimeException ex) {
			throw new InvalidRequestException(
					name + " is no time zone; expected one such as Asia/Shanghai (for all of China) or Europe/Berlin");
		}
	}

	private static String unit(String value) {
		String unit = value.replaceFirst("^\\d+", "");
		return unit.isEmpty() ? "s" : unit;
	}

}
