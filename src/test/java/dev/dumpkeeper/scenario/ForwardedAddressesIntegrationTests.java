package dev.dumpkeeper.scenario;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.lab.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anybody can send X-Forwarded-For: limits and records go by the other end of the
 * connection, on Kubernetes too, unless a proxy is named, and then by addresses only.
 */
class ForwardedAddressesIntegrationTests {

	private static final int UNAUTHORIZED = 401;

	private static final int TOO_MANY = 429;

	private final String database = DatabaseServer.shared().migratedDatabase("forwarded");

	@Test
	void nobodyIsBelievedOnKubernetesEither() throws SQLException {
		try (Service service = dumpkeeper().with("spring.main.cloud-platform", "kubernetes").service().up()) {
			assertThat(IntStream.rangeClosed(1, 30)
				.map((i) -> service.get("/actuator/jobs", "user" + i + ":guess", "203.0.113." + i).statusCode()))
				.contains(TOO_MANY);
			assertThat(IntStream.rangeClosed(1, 60).map((i) -> service.hookFor("203.0.113." + i).statusCode()))
				.contains(TOO_MANY);
		}
		assertThat(addresses()).containsExactly("127.0.0.1");
	}

	@Test
	void aNamedProxyIsBelievedAsFarAsItShowsAddresses() throws SQLException {
		try (Service service = dumpkeeper().with("dumpkeeper.security.trusted-proxies", "127\\.0\\.0\\.1")
			.service()
			.up()) {
			assertThat(IntStream.rangeClosed(1, 60).map((i) -> service.hookFor("203.0.113." + i).statusCode()))
				.containsOnly(UNAUTHORIZED);
			// What stands before the client's own address is the client's word.
			assertThat(service.hookFor("10.0.0.1, <script>, 2001:db8::7").statusCode()).isEqualTo(UNAUTHORIZED);
			assertThat(IntStream.rangeClosed(1, 60)
				.map((i) -> service.hookFor("not an address ".repeat(200) + i).statusCode())).contains(TOO_MANY);
			assertThat(service.hookFor("203.0.113.1").statusCode()).isEqualTo(UNAUTHORIZED);
			// The port of operators has no proxy before it.
			assertThat(service.get("/actuator/jobs", "otto:guess", "203.0.113.200").statusCode())
				.isEqualTo(UNAUTHORIZED);
		}
		assertThat(addresses()).contains("127.0.0.1", "203.0.113.1", "2001:db8::7")
			.doesNotContain("10.0.0.1", "203.0.113.200")
			.allSatisfy((address) -> assertThat(address).matches("[0-9a-f.:]+"));
	}

	private Dumpkeeper dumpkeeper() {
		return Dumpkeeper.on(URI.create("http://127.0.0.1:1"))
			.database(DatabaseServer.shared(), this.database)
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.hook.token", "pods-may-call")
			.with("dumpkeeper.security.users-file", Service.users());
	}

	private Set<String> addresses() throws SQLException {
		Set<String> addresses = new TreeSet<>();
		try (Connection connection = DatabaseServer.shared().connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT DISTINCT address FROM audit_event")) {
			while (rows.next()) {
				addresses.add(rows.getString(1));
			}
		}
		return addresses;
	}

}
