package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UsersFileTests {

	private static final String HASH = "{bcrypt}$2a$04$somethingsecret";

	@TempDir
	Path directory;

	@Test
	void eachLineIsAUserWithARole() throws IOException {
		UsersFile users = new UsersFile(file("# comment\n\nvera viewer " + HASH + "\n  otto\toperator {argon2}$x \n"));
		assertThat(role(users.loadUserByUsername("vera"))).isEqualTo("ROLE_VIEWER");
		assertThat(role(users.loadUserByUsername("otto"))).isEqualTo("ROLE_OPERATOR");
		assertThatExceptionOfType(UsernameNotFoundException.class).isThrownBy(() -> users.loadUserByUsername("eve"));
	}

	@Test
	void withoutAFileThereIsNobody() {
		UsersFile users = new UsersFile(null);
		assertThatExceptionOfType(UsernameNotFoundException.class).isThrownBy(() -> users.loadUserByUsername("vera"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "vera viewer | three words", "vera admin " + HASH + " | a role",
					"vera viewer plain-password | a hash", "vera viewer {noop}open | a hash",
					"ve:ra viewer " + HASH + " | a name", "a viewer " + HASH + " more | three words" })
	void aLineThatIsWrongIsNamedAndNotShown(String line, String words) throws IOException {
		Path file = file("ok viewer " + HASH + "\n" + line + "\n");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> new UsersFile(file))
			.withMessageContaining("line 2")
			.withMessageContaining(words)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret", "plain-password", "open"));
	}

	@Test
	void aHashThatTakesMoreMemoryThanThereIsIsRefused() throws IOException {
		String hash = "vera viewer {argon2}$argon2id$v=19$m=%d,t=2,p=1$c2FsdA$aGFzaA\n";
		long most = UsersFile.mostMemory();
		assertThat(new UsersFile(file(String.format(Locale.ROOT, hash, most))).loadUserByUsername("vera")).isNotNull();
		Path file = file(String.format(Locale.ROOT, hash, most + 1));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> new UsersFile(file))
			.withMessageContaining("line 1")
			.withMessageContaining("at most m=" + most);
	}

	@Test
	void aNameTwiceIsRefused() throws IOException {
		Path file = file("vera viewer " + HASH + "\nvera operator " + HASH);
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> new UsersFile(file))
			.withMessageContaining("that is there twice");
	}

	@Test
	void aFileThatIsNotThereIsNamed() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> new UsersFile(this.directory.resolve("none")))
			.withMessageContaining("dumpkeeper.security.users-file");
	}

	@Test
	void aFileThatChangesIsReadAgainAndOneThatTurnsBadIsNot() throws IOException {
		Path file = file("vera viewer " + HASH);
		UsersFile users = new UsersFile(file);
		change(file, "vera operator " + HASH, 1);
		assertThat(role(users.loadUserByUsername("vera"))).isEqualTo("ROLE_OPERATOR");
		change(file, "vera", 2);
		assertThat(role(users.loadUserByUsername("vera"))).isEqualTo("ROLE_OPERATOR");
		change(file, "otto viewer " + HASH, 3);
		assertThatExceptionOfType(UsernameNotFoundException.class).isThrownBy(() -> users.loadUserByUsername("vera"));
	}

	private static String role(UserDetails user) {
		return user.getAuthorities().stream().map(GrantedAuthority::getAuthority).findFirst().orElseThrow();
	}

	private Path file(String content) throws IOException {
		return Files.writeString(this.directory.resolve("users"), content);
	}

	private static void change(Path file, String content, int minutes) throws IOException {
		Files.writeString(file, content);
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60L * minutes)));
	}

}
