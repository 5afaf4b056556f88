package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * The users from a mounted file, which is read again when it changes. If the file becomes
 * invalid while the service runs, the previous users stay.
 */
final class UsersFile implements UserDetailsService {

	static final String VIEWER = "VIEWER";

	static final String OPERATOR = "OPERATOR";

	private static final Logger logger = LoggerFactory.getLogger(UsersFile.class);

	private static final Pattern NAME = Pattern.compile("[^\\s:]{1,100}");

	private static final Pattern MEMORY = Pattern
		.compile("^\\{argon2}\\$argon2[a-z]+\\$(?:v=\\d+\\$)?(?:[a-z]=\\d+,)*m=(\\d{1,15})");

	private static final Pattern HASH = Pattern.compile("\\{(bcrypt|argon2)}\\S+");

	private final @Nullable Path file;

	private @Nullable FileTime readAt;

	private Map<String, UserDetails> users;

	/**
	 * Reads the file.
	 * @param file {@code null} for no users
	 * @throws InvalidRequestException when it cannot be read or is malformed; the message
	 * never contains a hash
	 */
	UsersFile(@Nullable Path file) {
		this.file = file;
		this.readAt = modified();
		this.users = read();
		if (this.users.isEmpty()) {
			logger.warn("the management port has no users: dumpkeeper.security.users-file names none");
		}
	}

	@Override
	public synchronized UserDetails loadUserByUsername(String name) {
		FileTime modified = modified();
		if (modified != null && !modified.equals(this.readAt)) {
			this.readAt = modified;
			try {
				this.users = read();
				logger.info("read {} users", this.users.size());
			}
			catch (InvalidRequestException ex) {
				logger.error("the users stay as they were: {}", ex.getMessage());
			}
		}
		UserDetails user = this.users.get(name);
		if (user == null) {
			throw new UsernameNotFoundException("no such user");
		}
		// A copy, since its password is erased after the check.
		return User.withUserDetails(user).build();
	}

	private @Nullable FileTime modified() {
		try {
			// A mounted secret is a symbolic link that is replaced as a whole.
			return (this.file != null) ? Files.getLastModifiedTime(this.file) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private Map<String, UserDetails> read() {
		if (this.file == null) {
			return Map.of();
		}
		List<String> lines;
		try {
			lines = Files.readAllLines(this.file);
		}
		catch (IOException ex) {
			throw new InvalidRequestException("dumpkeeper.security.users-file names a file that cannot be read ("
					+ ex.getClass().getSimpleName() + ")");
		}
		Map<String, UserDetails> users = new HashMap<>();
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			if (!line.isEmpty() && !line.startsWith("#")) {
				UserDetails user = user(line.split("\\s+"), i + 1);
				if (users.put(user.getUsername(), user) != null) {
					throw bad(i + 1, "a name that is there twice");
				}
			}
		}
		return users;
	}

	private UserDetails user(String[] parts, int line) {
		if (parts.length != 3) {
			throw bad(line, "other than three words; expected NAME ROLE HASH");
		}
		if (!NAME.matcher(parts[0]).matches()) {
			throw bad(line, "a name with a colon or more than 100 characters");
		}
		String role = switch (parts[1]) {
			case "viewer" -> VIEWER;
			case "operator" -> OPERATOR;
			default -> throw bad(line, "a role that is neither viewer nor operator");
		};
		if (!HASH.matcher(parts[2]).matches()) {
			throw bad(line, "a hash that begins with neither {bcrypt} nor {argon2}");
		}
		Matcher memory = MEMORY.matcher(parts[2]);
		long most = mostMemory();
		if (memory.find() && Long.parseLong(memory.group(1)) > most) {
			throw bad(line, "an argon2 hash that takes m=" + memory.group(1)
					+ " KiB, more than this process has for it; at most m=" + most);
		}
		return User.withUsername(parts[0]).password(parts[2]).roles(role).build();
	}

	/**
	 * Returns the maximum KiB of a hash: concurrent checks may use a third of the heap.
	 */
	static long mostMemory() {
		return Runtime.getRuntime().maxMemory() / 1024 / 3 / BoundedPasswordEncoder.AT_ONCE;
	}

	private static InvalidRequestException bad(int line, String what) {
		return new InvalidRequestException("dumpkeeper.security.users-file: line " + line + " has " + what);
	}

}
