package dev.dumpkeeper.scenario;

import java.util.Locale;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.MinioServer;
import dev.dumpkeeper.lab.MinioServer.History;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pass on a store without JuiceFS: what the report says is free is free, whatever the
 * bucket keeps.
 */
@EnabledIf(value = "dev.dumpkeeper.lab.MinioServer#available", disabledReason = "no minio in MINIO_BINARY")
class MinioPassIntegrationTests {

	private static final String BUCKET = "dumps";

	private static MinioServer server;

	@BeforeAll
	static void start() {
		server = MinioServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@EnumSource
	void whatThePassSaysIsFreeIsFree(History history) {
		String bucket = BUCKET + "-" + history.name().toLowerCase(Locale.ROOT);
		server.makeBucket(bucket, history);
		put(bucket, "dumpfiles/a.hprof", 1000);
		put(bucket, "dumpfiles/pod/b.hprof", 200);
		put(bucket, "logs/app.log", 30);
		long before = server.bytesOfAllVersions(bucket);
		Result result = expire(bucket);
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(server.list()).filteredOn((path) -> path.startsWith(bucket + "/"))
			.containsExactly(bucket + "/dumpfiles/.keep", bucket + "/logs/app.log");
		assertThat(result.count(bucket, "expired")).isEqualTo(2);
		assertThat(result.count(bucket, "verified")).isEqualTo(2);
		// The marker has been written meanwhile.
		assertThat(result.count(bucket, "freedBytes"))
			.isEqualTo(before + "keepdir".length() - server.bytesOfAllVersions(bucket))
			.isEqualTo((history == History.NONE) ? 1200 : 0);
		assertThat(result.count(bucket, "versionBytes")).isEqualTo((history == History.NONE) ? 0 : 1200);
		assertThat(result.out()).doesNotContain("PVC").doesNotContain("trash");
		assertThat(result.warnings()).filteredOn((warning) -> warning.contains("are not free"))
			.hasSize((history == History.NONE) ? 0 : 1)
			.allSatisfy(
					(warning) -> assertThat(warning.contains("object lock")).isEqualTo(history != History.VERSIONS));
	}

	private static Result expire(String bucket) {
		DatabaseServer databases = DatabaseServer.shared();
		sleep();
		return Dumpkeeper.on(server.endpoint())
			.database(databases, databases.migratedDatabase("scenario"))
			.with("dumpkeeper.retention.max-age", "1s")
			.with("dumpkeeper.brake.max-share", 1)
			.run("maintenance", "--volume", bucket);
	}

	private static void put(String bucket, String key, int size) {
		try {
			MinioClient.builder()
				.endpoint(server.endpoint().toString())
				.region("us-east-1")
				.credentials(TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY)
				.build()
				.putObject(PutObjectArgs.builder().bucket(bucket).object(key).data(new byte[size], size).build());
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Nobody can set an object's time, so it has to pass. */
	private static void sleep() {
		try {
			Thread.sleep(2100);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
