package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Symbolic links that a pod makes on its mount, which the gateway follows with its own
 * rights: nothing of another's is deleted, announced or downloaded under a second name.
 */
class JuicefsLinksIntegrationTests {

	private static final Duration OLD = Duration.ofDays(20);

	/** Files of others, which nobody may lose. */
	private static final List<String> VICTIMS = List.of("tenantb/appdata/a", "tenantb/appdata/deep/b",
			"tenantb/appdata/a.hprof", "Hidden_Tenant/appdata/a", "shop/appdata/conf", "linked/realdata/old.hprof",
			"victim/private/secret");

	@TempDir
	private Path directory;

	private Site site;

	private Path mount;

	private AutoCloseable mounted;

	private FaultyProxy proxy;

	private String database;

	private void start(Path binary) {
		start(binary, false);
	}

	private void start(Path binary, boolean directories) {
		Assumptions.assumeTrue(JuicefsGateway.canMount(), "no FUSE here");
		this.site = Site.juicefs(binary, directories)
			.start((volumes) -> volumes.young("shop/dumpfiles/.keep", "tenantb/readme", "victim/readme",
					"linked/readme"));
		this.proxy = FaultyProxy.to(this.site.endpoint());
		this.database = DatabaseServer.shared().migratedDatabase("links");
		this.mount = this.directory.resolve("mount");
		try {
			Files.createDirectories(this.mount);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.mounted = this.site.juicefs().mount(this.mount);
	}

	@AfterEach
	void close() throws Exception {
		if (this.mounted != null) {
			this.mounted.close();
			this.proxy.close();
			this.site.close();
		}
	}

	@JuicefsTest
	void withMetadataNothingBehindALinkIsDeleted(Path binary) {
		nothingBehindALinkIsDeleted(binary, false, "auto");
	}

	@JuicefsTest
	void withMetadataNothingBehindALinkIsDeletedWhereVolumesAreDirectories(Path binary) {
		nothingBehindALinkIsDeleted(binary, true, "gateway");
	}

	private void nothingBehindALinkIsDeleted(Path binary, boolean directories, String source) {
		start(binary, directories);
		plantLinks();
		boolean byGateway = source.equals("gateway");
		Result result = checked().with("dumpkeeper.scan.source", source)
			.run("maintenance", "--volume", "shop", "--volume", "linked");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		VICTIMS.forEach((path) -> assertThat(exists(path)).as(path).isTrue());
		assertThat(exists("shop/dumpfiles/own.hprof")).as(result.out()).isFalse();
		assertThat(exists("shop/dumpfiles/pod-1/own.txt")).isFalse();
		assertThat(result.count("shop", "expired")).isEqualTo(2);
		assertThat(result.count("shop", "linkedNames")).isEqualTo(byGateway ? 7 : 5);
		assertThat(DatabaseServer.shared()
			.count(this.database,
					"SELECT COUNT(*) FROM volume_scan WHERE source = '%s' AND (source_reason IS NULL) = %s"
						.formatted(byGateway ? "GATEWAY" : "METADATA", !byGateway)))
			.isEqualTo(2);
		assertThat(result.count("shop", "objects")).isEqualTo(4);
		assertThat(result.marker("linked")).isEqualTo("LINKED");
		assertThat(result.warnings())
			.anySatisfy((warning) -> assertThat(warning).contains("shop: symbolic links lead to",
					byGateway ? "dumpfiles/b/a" : "dumpfiles/b",
					"not counted, reported, offered for download or deleted"));
		assertThat(this.site.list("shop")).contains("dumpfiles/b", "dumpfiles/conf", "dumpfiles/x.hprof");
		assertThat(this.site.list("linked")).contains("dumpfiles");
		assertThat(exists("tenantb/appdata/.keep")).isFalse();
	}

	@JuicefsTest
	void withMetadataNothingBehindALinkIsReportedOrGivenOut(Path binary) {
		start(binary);
		plantLinks();
		try (FakeRobot robot = FakeRobot.start()) {
			Dumpkeeper significant = checked().with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en");
			Result result = significant.run("maintenance");
			assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
			String said = String.join("\n", robot.delivered());
			assertThat(said).contains("own").doesNotContain("x.hprof", "secret", "dumpfiles/b/a");
			Result inspected = significant.run("inspect", "--volume", "shop", "--key", "dumpfiles/x.hprof");
			assertThat(inspected.exitCode()).as(inspected.out()).isEqualTo(2);
		}
	}

	@JuicefsTest
	void withoutMetadataOnlyHeapDumpsWithOneKeyExpire(Path binary) {
		start(binary);
		plantLinks();
		dump("shop/dumpfiles/proven.hprof", 1);
		file("shop/dumpfiles/proven.hprof.event");
		dump("tenantb/appdata/theirs.hprof", 2);
		dump("tenantb/dumps/theirs-too.hprof", 3);
		link("shop/dumpfiles/c", "../../tenantb/dumps");
		Dumpkeeper unknown = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts");
		// The first pass triages the dumps, the next knows what they are.
		unknown.run("maintenance", "--volume", "shop", "--volume", "linked");
		Result result = unknown.run("maintenance", "--volume", "shop", "--volume", "linked");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		VICTIMS.forEach((path) -> assertThat(exists(path)).as(path).isTrue());
		assertThat(exists("tenantb/appdata/theirs.hprof")).isTrue();
		assertThat(exists("tenantb/dumps/theirs-too.hprof")).isTrue();
		assertThat(exists("shop/dumpfiles/proven.hprof")).as(result.out()).isFalse();
		assertThat(exists("shop/dumpfiles/proven.hprof.event")).isFalse();
		assertThat(exists("shop/dumpfiles/own.hprof")).isTrue();
		assertThat(exists("shop/dumpfiles/pod-1/own.txt")).isTrue();
		assertThat(result.count("shop", "expired")).as(result.out()).isEqualTo(2);
		assertThat(result.warnings()).anySatisfy((warning) -> assertThat(warning).contains("shop: ", "stay",
				"dumpkeeper.metadata.url", "dumpkeeper.gateway.trusted-mounts"));
	}

	@JuicefsTest
	void withoutMetadataWhatDoesNotProveToBeADumpIsReportedWithoutALink(Path binary) {
		start(binary);
		plantLinks();
		dump("shop/dumpfiles/proven.hprof", 2 * 86_400);
		try (FakeRobot robot = FakeRobot.start()) {
			Result result = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en")
				.run("reconcile-dumps", "--volume", "shop");
			assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
			String said = String.join("\n", robot.delivered());
			assertThat(said).contains("/shop/dumpfiles/proven.hprof?")
				.doesNotContain("/shop/dumpfiles/x.hprof?", "/shop/dumpfiles/own.hprof?");
		}
	}

	@JuicefsTest
	void withoutMetadataADumpUnderTwoKeysIsReportedWithoutALink(Path binary) {
		start(binary);
		dump("shop/dumpfiles/own.hprof", 1);
		dump("tenantb/dumpfiles/theirs.hprof", 2);
		dump("tenantb/dumpfiles/far/deep.hprof", 3);
		link("shop/dumpfiles/x.hprof", "../../tenantb/dumpfiles/theirs.hprof");
		link("shop/dumpfiles/b", "../../tenantb/dumpfiles/far");
		try (FakeRobot robot = FakeRobot.start()) {
			Dumpkeeper significant = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
				.with("dumpkeeper.retention.max-age", "60d")
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en");
			Result result = significant.run("reconcile-dumps");
			assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
			String said = String.join("\n", robot.delivered());
			assertThat(said).contains("/shop/dumpfiles/own.hprof?", "`x.hprof`", "`theirs.hprof`", "`b`", "`far`")
				.doesNotContain("x.hprof?", "theirs.hprof?", "deep.hprof?");
			Result inspected = significant.run("inspect", "--volume", "shop", "--key", "dumpfiles/x.hprof");
			assertThat(inspected.exitCode()).as(inspected.out()).isEqualTo(2);
			assertThat(inspected.err()).contains("has the same size in the same second");
		}
	}

	@JuicefsTest
	void withoutMetadataASecondKeyOutsideTheDirectoriesIsSeenToo(Path binary) {
		start(binary);
		dump("shop/dumpfiles/own.hprof", 1);
		dump("tenantb/old/theirs.hprof", 2);
		Instant at = Instant.now().minus(OLD).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
		write("shop/data/big", new byte[2 << 20], at);
		link("shop/dumpfiles/x.hprof", "../../tenantb/old/theirs.hprof");
		link("shop/data/link", "big");
		try (FakeRobot robot = FakeRobot.start()) {
			Dumpkeeper significant = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
				.with("dumpkeeper.retention.max-age", "60d")
				.with("dumpkeeper.volumes.include", "shop")
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en");
			Result result = significant.run("reconcile-dumps");
			assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
			assertThat(String.join("\n", robot.delivered())).contains("/shop/dumpfiles/own.hprof?", "`x.hprof`")
				.doesNotContain("x.hprof?");
			assertThat(result.count("shop", "maybeTwiceBytes")).isEqualTo(2 << 20);
			assertThat(result.warnings()).anySatisfy((warning) -> assertThat(warning).contains("shop: up to 2.0 MiB",
					"may be counted twice", "dumpkeeper.metadata.url"));
			Result inspected = significant.run("inspect", "--volume", "shop", "--key", "dumpfiles/x.hprof");
			assertThat(inspected.exitCode()).as(inspected.out()).isEqualTo(2);
		}
	}

	@JuicefsTest
	void withoutMetadataALinkThatIsAwayWhileKeysAreComparedGivesNothingOut(Path binary) {
		start(binary);
		dump("shop/dumpfiles/own.hprof", 1);
		dump("tenantb/old/theirs.hprof", 2);
		AtomicInteger listings = hideFromComparisons("shop/dumpfiles/x.hprof", "../../tenantb/old/theirs.hprof",
				"shop/dumpfiles/x.hprof");
		try (FakeRobot robot = FakeRobot.start()) {
			Result result = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
				.with("dumpkeeper.retention.max-age", "60d")
				.with("dumpkeeper.volumes.include", "shop")
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en")
				.run("maintenance");
			assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
			assertThat(listings).hasValueGreaterThan(1);
			assertThat(String.join("\n", robot.delivered())).contains("/shop/dumpfiles/own.hprof?", "`x.hprof`")
				.doesNotContain("x.hprof?");
		}
	}

	@JuicefsTest
	void withoutMetadataALinkThatIsAwayWhileKeysAreComparedDeletesNothing(Path binary) {
		start(binary);
		dump("shop/dumpfiles/own.hprof", 1);
		dump("tenantb/dumps/theirs.hprof", 2);
		AtomicInteger listings = hideFromComparisons("shop/dumpfiles/b", "../../tenantb/dumps",
				"shop/dumpfiles/b/theirs.hprof");
		Dumpkeeper unknown = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
			.with("dumpkeeper.volumes.include", "shop");
		// The first pass triages the dumps, the next knows what they are.
		unknown.run("maintenance");
		listings.set(0);
		Result result = unknown.run("maintenance");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(listings).as(result.out()).hasValue(3);
		assertThat(exists("shop/dumpfiles/own.hprof")).as(result.out()).isFalse();
		assertThat(exists("tenantb/dumps/theirs.hprof")).as(result.out()).isTrue();
	}

	/**
	 * Takes a link away before each listing of its volume but the first, which is the
	 * scan's, and puts it back when all volumes are listed, in the order of their names.
	 */
	private AtomicInteger hideFromComparisons(String link, String target, String shown) {
		Consumer<Boolean> linked = (there) -> {
			if (there) {
				link(link, target);
			}
			else {
				unlink(link);
			}
			// The gateway shows what was there for a second.
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.site.isShown(shown) == there);
		};
		linked.accept(true);
		AtomicInteger listings = new AtomicInteger();
		this.proxy.on((request) -> this.site.isScan(request, "shop")).before(() -> {
			if (listings.getAndIncrement() > 0) {
				linked.accept(false);
			}
		});
		this.proxy.on((request) -> this.site.isScan(request, "victim")).after(() -> linked.accept(true));
		return listings;
	}

	@JuicefsTest
	void withoutMetadataALinkThatIsMadeAfterAPassIsReportedByTheServiceAndNotGivenOut(Path binary) {
		start(binary);
		dump("shop/dumpfiles/own.hprof", 1);
		dump("tenantb/old/theirs.hprof", 2);
		try (FakeRobot robot = FakeRobot.start()) {
			Dumpkeeper significant = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
				.with("dumpkeeper.retention.max-age", "60d")
				.with("dumpkeeper.volumes.include", "shop")
				.with("dumpkeeper.security.users-file", Service.users())
				.with("dumpkeeper.schedule.maintenance", "-")
				.with("dumpkeeper.schedule.daily-report", "-")
				.with("dumpkeeper.schedule.reconcile", "* * * * * ?")
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en");
			Result pass = significant.run("reconcile-dumps");
			assertThat(pass.exitCode()).as(pass.out() + pass.err()).isZero();
			assertThat(String.join("\n", robot.delivered())).contains("/shop/dumpfiles/own.hprof?");
			try (Service service = significant.service().up()) {
				link("shop/dumpfiles/x.hprof", "../../tenantb/old/theirs.hprof");
				dump("shop/dumpfiles/next.hprof", 3);
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> String.join("\n", robot.delivered()).contains("`x.hprof`")
							&& String.join("\n", robot.delivered()).contains("next.hprof"));
				assertThat(String.join("\n", robot.delivered())).contains("/shop/dumpfiles/next.hprof?")
					.doesNotContain("x.hprof?");
				Result inspected = significant.run("inspect", "--volume", "shop", "--key", "dumpfiles/x.hprof");
				assertThat(inspected.exitCode()).as(inspected.out()).isEqualTo(2);
				assertThat(inspected.err()).contains("another key of this gateway has the same size");
			}
		}
	}

	@JuicefsTest
	void withMetadataThatCannotBeReadNothingIsDeletedThere(Path binary) {
		start(binary);
		plantLinks();
		Result result = checked().with("dumpkeeper.metadata.url", DatabaseServer.shared().jdbcUrl(this.database))
			.with("dumpkeeper.metadata.username", DatabaseServer.shared().username())
			.with("dumpkeeper.metadata.password", DatabaseServer.shared().password())
			.run("maintenance", "--volume", "shop");
		assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(6);
		assertThat(result.warnings())
			.anySatisfy((warning) -> assertThat(warning).contains("dumpkeeper.metadata.url", "jfs_edge"));
		assertThat(exists("shop/dumpfiles/own.hprof")).isTrue();
		VICTIMS.forEach((path) -> assertThat(exists(path)).as(path).isTrue());
	}

	@JuicefsTest
	void aLinkThatIsMadeAfterThePlanLeadsToNoDelete(Path binary) {
		start(binary);
		plantDoubles();
		swapOnce((request) -> this.site.isSecondListing(request, "shop"), this.proxy, true);
		Result result = checked().run("maintenance", "--volume", "shop");
		assertNobodyLostAnything(result);
	}

	@JuicefsTest
	void aDirectoryThatIsSwappedInTheMidstOfASweepEndsIt(Path binary) {
		start(binary);
		plantDoubles();
		swapOnce(JuicefsLinksIntegrationTests::isDelete, this.proxy, false);
		Result result = checked().with("dumpkeeper.retention.parallel-batches", 1)
			.run("maintenance", "--volume", "shop");
		assertNobodyLostAnything(result);
	}

	@JuicefsTest
	void withoutMetadataADirectoryThatIsSwappedLeadsToNoDelete(Path binary) {
		start(binary);
		plantDoubles();
		Dumpkeeper unknown = dumpkeeper().without("dumpkeeper.gateway.trusted-mounts");
		unknown.run("maintenance", "--volume", "shop");
		swapOnce(JuicefsLinksIntegrationTests::isDelete, this.proxy, false);
		Result result = unknown.run("maintenance", "--volume", "shop");
		assertNobodyLostAnything(result);
		assertThat(result.count("shop", "expired")).isZero();
	}

	/** A pod's directory has files of the same names, sizes and times as another's. */
	private void plantDoubles() {
		for (int i = 0; i < 60; i++) {
			dump("shop/dumpfiles/%02d.hprof".formatted(i), i);
			dump("tenantb/appdata/%02d.hprof".formatted(i), i);
		}
		file("tenantb/appdata/only-theirs");
	}

	private void assertNobodyLostAnything(Result result) {
		for (int i = 0; i < 60; i++) {
			String path = "tenantb/appdata/%02d.hprof".formatted(i);
			assertThat(exists(path)).as(path + "\n" + result.out() + result.err()).isTrue();
		}
		assertThat(result.exitCode()).as(result.out() + result.err()).isIn(0, 3);
	}

	/** Puts a link in the place of the dump directory, before or after a request. */
	private void swapOnce(Predicate<FaultyProxy.Request> moment, FaultyProxy proxy, boolean before) {
		AtomicBoolean done = new AtomicBoolean();
		Runnable swap = () -> {
			if (done.compareAndSet(false, true)) {
				try {
					Files.move(this.mount.resolve("shop/dumpfiles"), this.mount.resolve("shop/moved"));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
				link("shop/dumpfiles", "../tenantb/appdata");
				// The gateway shows a directory for a second after it is gone.
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.until(() -> this.site.isShown("shop/dumpfiles/only-theirs"));
			}
		};
		if (before) {
			proxy.on(moment).before(swap);
		}
		else {
			proxy.on(moment).after(swap);
		}
	}

	private static boolean isDelete(FaultyProxy.Request request) {
		return request.method().equals("DELETE") || request.method().equals("POST");
	}

	private void plantLinks() {
		VICTIMS.forEach(this::file);
		file("shop/dumpfiles/own.hprof");
		file("shop/dumpfiles/pod-1/own.txt");
		link("shop/dumpfiles/b", "../../tenantb/appdata");
		link("shop/dumpfiles/conf", "../appdata");
		link("shop/dumpfiles/hidden", "../../Hidden_Tenant/appdata");
		link("shop/dumpfiles/x.hprof", "../../victim/private/secret");
		link("shop/dumpfiles/y.hprof.event", "../../victim/private/secret");
		link("linked/dumpfiles", "realdata");
	}

	private void file(String path) {
		write(path, path.getBytes(java.nio.charset.StandardCharsets.UTF_8), Instant.now().minus(OLD));
	}

	/** A heap dump of a size and an age of its own. */
	private void dump(String path, int number) {
		Instant at = Instant.now().minus(OLD).truncatedTo(java.time.temporal.ChronoUnit.DAYS).plusSeconds(number);
		write(path, HeapDumps.complete(at), at);
	}

	private void write(String path, byte[] content, Instant lastModified) {
		Path file = this.mount.resolve(path);
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, content);
			Files.setLastModifiedTime(file, FileTime.from(lastModified));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void link(String path, String target) {
		try {
			Files.createDirectories(this.mount.resolve(path).getParent());
			Files.createSymbolicLink(this.mount.resolve(path), Path.of(target));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void unlink(String path) {
		try {
			Files.deleteIfExists(this.mount.resolve(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Read past the gateway. */
	private boolean exists(String path) {
		return Files.exists(this.mount.resolve(path), LinkOption.NOFOLLOW_LINKS) && this.site.exists(path);
	}

	private Dumpkeeper dumpkeeper() {
		return this.site.configure(Dumpkeeper.on(this.proxy.endpoint()))
			.database(DatabaseServer.shared(), this.database);
	}

	/** With metadata, and mounts that nobody has to trust. */
	private Dumpkeeper checked() {
		return dumpkeeper().without("dumpkeeper.gateway.trusted-mounts")
			.with("dumpkeeper.metadata.url", this.site.juicefs().jdbcUrl())
			.with("dumpkeeper.metadata.username", JuicefsGateway.metadata().username())
			.with("dumpkeeper.metadata.password", JuicefsGateway.metadata().password());
	}

}
