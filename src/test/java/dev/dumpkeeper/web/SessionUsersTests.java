package dev.dumpkeeper.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session holds a name, and the users file decides with each request what that is
 * worth.
 */
class SessionUsersTests {

	private static final String HASH = "{bcrypt}$2a$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

	@TempDir
	private Path directory;

	private Path file;

	private SessionUsers users;

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private int written;

	@BeforeEach
	void signIn() throws Exception {
		this.file = this.directory.resolve("users");
		write("otto operator " + HASH);
		this.users = new SessionUsers(new UsersFile(this.file), null);
		this.users.saveContext(
				new SecurityContextImpl(
						UsernamePasswordAuthenticationToken.authenticated("otto", null, Collections.emptyList())),
				this.request, new MockHttpServletResponse());
	}

	@Test
	void whoSignedInStaysWithTheRoleOfTheFile() {
		Authentication caller = caller();
		assertThat(caller.getName()).isEqualTo("otto");
		assertThat(caller.getAuthorities()).extracting("authority").contains("ROLE_OPERATOR");
		assertThat(this.users.containsContext(this.request)).isTrue();
	}

	@Test
	void aSessionHoldsTextsOnly() {
		Collections.list(this.request.getSession().getAttributeNames())
			.forEach((name) -> assertThat(this.request.getSession().getAttribute(name)).isInstanceOf(String.class));
	}

	@Test
	void anotherRoleCountsAtOnce() throws Exception {
		write("otto viewer " + HASH);
		assertThat(caller().getAuthorities()).extracting("authority")
			.contains("ROLE_VIEWER")
			.doesNotContain("ROLE_OPERATOR");
	}

	@Test
	void whoIsTakenOutOrHasAnotherPasswordIsSignedOut() throws Exception {
		write("vera viewer " + HASH);
		assertThat(caller()).isNull();
		write("otto operator " + HASH.replace("aaa", "bbb"));
		assertThat(caller()).isNull();
		write("otto operator " + HASH);
		assertThat(caller()).isNotNull();
	}

	@Test
	void nobodyGetsASessionByBeingNobody() {
		MockHttpServletRequest stranger = new MockHttpServletRequest();
		assertThat(this.users.loadDeferredContext(stranger).get().getAuthentication()).isNull();
		this.users.saveContext(new SecurityContextImpl(), stranger, new MockHttpServletResponse());
		assertThat(stranger.getSession(false)).isNull();
	}

	private Authentication caller() {
		return this.users.loadDeferredContext(this.request).get().getAuthentication();
	}

	private void write(String line) throws Exception {
		Files.writeString(this.file, line + "\n");
		// Within a tick of the file system's clock it would be the same.
		Files.setLastModifiedTime(this.file, FileTime.from(Instant.EPOCH.plusSeconds(++this.written)));
	}

}
