package dev.dumpkeeper.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.SafeText;

/**
 * Maps claims of the identity provider to roles and names.
 */
final class OidcRoles {

	/** No name of the users file has a colon. */
	static final String PREFIX = "oidc:";

	/** The length of its column, with the prefix. */
	private static final int LONGEST_NAME = 90;

	private final OidcProperties properties;

	OidcRoles(OidcProperties properties) {
		this.properties = properties;
	}

	/** Whether the claims name any groups. */
	boolean hasRolesClaim(Map<String, Object> claims) {
		return claim(claims) != null;
	}

	/**
	 * Returns the values of the roles claim that have a role here.
	 * @param claims all claims of one user
	 * @return in the order of the configuration; none for a stranger
	 */
	List<String> groups(Map<String, Object> claims) {
		Object claim = claim(claims);
		Collection<?> values = (claim instanceof Collection<?> several) ? several
				: (claim instanceof String one) ? List.of(one) : List.of();
		return Stream.concat(this.properties.operators().stream(), this.properties.viewers().stream())
			.filter(values::contains)
			.distinct()
			.toList();
	}

	/** The claim of that name; dots lead into nested objects. */
	private @Nullable Object claim(Map<String, Object> claims) {
		String name = this.properties.rolesClaim();
		if (claims.get(name) != null) {
			return claims.get(name);
		}
		Object found = claims;
		for (String part : name.split("\\.")) {
			found = (found instanceof Map<?, ?> map) ? map.get(part) : null;
		}
		return found;
	}

	/**
	 * Returns the role of a member of groups.
	 * @return the higher one, or empty when there is none for them
	 */
	Optional<String> role(Collection<String> groups) {
		if (this.properties.operators().stream().anyMatch(groups::contains)) {
			return Optional.of(UsersFile.OPERATOR);
		}
		return this.properties.viewers().stream().anyMatch(groups::contains) ? Optional.of(UsersFile.VIEWER)
				: Optional.empty();
	}

	/** The name under which a user is shown and recorded. */
	String name(Map<String, Object> claims, String subject) {
		String name = (claims.get(this.properties.nameClaim()) instanceof String text && !text.isBlank()) ? text
				: Objects.requireNonNull(subject);
		return PREFIX + SafeText.cut(SafeText.oneLine(name.strip()), LONGEST_NAME);
	}

}
