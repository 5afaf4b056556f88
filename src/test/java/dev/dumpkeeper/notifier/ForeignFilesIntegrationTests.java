package dev.dumpkeeper.notifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import dev.dumpkeeper.notifier.Hook.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Others may write to the directory of the dumps. What they put at the names that the
 * notifier script uses is neither renamed nor followed nor taken for the dump.
 */
@EnabledOnOs(OS.LINUX)
class ForeignFilesIntegrationTests {

	private static final String FIXED = "dev_orders-0_heapDump.hprof";

	/** A name with a time stays, so that of its receipt can be known beforehand. */
	private static final String TIMED = "dev_orders-0_20261125T030405Z.hprof";

	private static final int SOMEBODY_ELSE = 65534;

	@TempDir
	Path volume;

	@TempDir
	Path work;

	private Dumps dumps;

	@BeforeEach
	void makeDirectory() throws IOException {
		this.dumps = new Dumps(Files.createDirectory(this.volume.resolve("dumpfiles")));
	}

	@ParameterizedTest
	@EnumSource
	void aFileOfSomebodyElseIsNotTheDump(Shell shell) throws IOException {
		Path foreign = this.dumps.write(FIXED, Instant.now());
		giveAway(foreign);
		assertUntouched(hook(shell).run(), foreign, "the dump is another user's");
	}

	@ParameterizedTest
	@EnumSource
	void aLinkIsNotTheDump(Shell shell) throws IOException {
		Path own = Files.createDirectory(this.volume.resolve("elsewhere")).resolve("precious");
		Files.move(this.dumps.write("precious", Instant.now()), own);
		Path link = Files.createSymbolicLink(this.dumps.path().resolve(FIXED), own);
		assertUntouched(hook(shell).run(), link, "the dump is a link");
		assertThat(own).exists();
	}

	@ParameterizedTest
	@EnumSource
	void aLinkThatLeadsNowhereIsNotAMissingDump(Shell shell) throws IOException {
		Path link = Files.createSymbolicLink(this.dumps.path().resolve(FIXED), Path.of("gone"));
		assertUntouched(hook(shell).run(), link, "the dump is a link");
	}

	@ParameterizedTest
	@EnumSource
	void aFileWithASecondNameIsNotTheDump(Shell shell) throws IOException {
		Path precious = this.dumps.write("precious", Instant.now());
		Path second = Files.createLink(this.dumps.path().resolve(FIXED), precious);
		assertUntouched(hook(shell).run(), second, "the dump has several names");
		assertThat(precious).exists();
	}

	@ParameterizedTest
	@EnumSource
	void aDirectoryAtTheReceiptsNameDoesNotSwallowIt(Shell shell) throws IOException {
		this.dumps.write(TIMED, Instant.now());
		Path swallows = Files.createDirectory(this.dumps.path().resolve(TIMED + ".event"));
		assertNoReceipt(hook(shell).with("DUMPKEEPER_DUMP", dump(TIMED)).run());
		assertThat(swallows).isEmptyDirectory();
	}

	@ParameterizedTest
	@EnumSource
	void aLinkToADirectoryAtTheReceiptsNameDoesNotSwallowIt(Shell shell) throws IOException {
		this.dumps.write(TIMED, Instant.now());
		Path swallows = Files.createDirectory(this.volume.resolve("elsewhere"));
		Files.createSymbolicLink(this.dumps.path().resolve(TIMED + ".event"), swallows);
		assertNoReceipt(hook(shell).with("DUMPKEEPER_DUMP", dump(TIMED)).run());
		assertThat(swallows).isEmptyDirectory();
	}

	@ParameterizedTest
	@EnumSource
	void aReceiptOfSomebodyElseIsNotReplaced(Shell shell) throws IOException {
		this.dumps.write(TIMED, Instant.now());
		Path foreign = this.dumps.write(TIMED + ".event", new byte[] { '{', '}' });
		giveAway(foreign);
		assertNoReceipt(hook(shell).with("DUMPKEEPER_DUMP", dump(TIMED)).run());
		assertThat(foreign).hasContent("{}");
	}

	@ParameterizedTest
	@EnumSource
	void aLinkAtTheDirectorysNameIsNotFollowed(Shell shell) throws IOException {
		Path elsewhere = Files.createDirectory(this.volume.resolve("elsewhere"));
		Files.delete(this.dumps.path());
		Files.createSymbolicLink(this.dumps.path(), elsewhere);
		this.dumps.write(FIXED, Instant.now());
		Result result = hook(shell).run();
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.err()).hasLineCount(1).contains("link");
		assertThat(this.dumps.names()).containsExactly(FIXED);
	}

	/**
	 * Somebody who watches the directory may be quicker: then it is at least reported.
	 */
	@ParameterizedTest
	@EnumSource
	void aDumpThatIsExchangedWhileItIsRenamedIsNoDump(Shell shell) throws IOException {
		this.dumps.write(FIXED, Instant.now());
		Path foreign = this.dumps.write("foreign", Instant.now());
		giveAway(foreign);
		Result result = hook(shell).withTools("date", "ls", "rm").withTool("mv", """
				#!/bin/sh
				case $* in
					*.event*) ;;
					*) [ ! -e '%1$s' ] || %2$s '%1$s' '%3$s' ;;
				esac
				exec %2$s "$@"
				""".formatted(foreign, Shell.find("mv").orElseThrow(), dump(FIXED))).run();
		assertThat(result.exitCode()).isEqualTo(7);
		JsonNode receipt = this.dumps.receipt();
		assertThat(receipt.path("status").asString()).isEqualTo("failed");
		assertThat(receipt.path("reason").asString()).isEqualTo("the dump was exchanged");
	}

	private void assertUntouched(Result result, Path foreign, String reason) {
		assertThat(Files.exists(foreign, LinkOption.NOFOLLOW_LINKS)).isTrue();
		assertThat(this.dumps.names()).contains(FIXED);
		JsonNode receipt = this.dumps.receipt();
		assertThat(receipt.path("status").asString()).isEqualTo("failed");
		assertThat(receipt.path("reason").asString()).isEqualTo(reason);
		assertThat(receipt.path("dump").asString()).isNotEqualTo(FIXED);
		assertThat(result.exitCode()).isEqualTo(7);
		assertThat(result.err()).hasLineCount(1).contains(reason);
	}

	private void assertNoReceipt(Result result) {
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.err()).hasLineCount(1).contains("no receipt");
		assertThat(this.dumps.names()).containsExactly(TIMED, TIMED + ".event");
	}

	/** Only root can give a file away. */
	private static void giveAway(Path file) throws IOException {
		Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "not root");
		Files.setAttribute(file, "unix:uid", SOMEBODY_ELSE);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
	}

	private Hook hook(Shell shell) {
		return new Hook(this.work, shell).with("project_env", "dev")
			.with("pod_name", "orders-0")
			.with("pkg", "orders")
			.with("DUMPKEEPER_MOUNT", this.volume.toString())
			.with("DUMPKEEPER_DUMP", dump(FIXED));
	}

	private String dump(String name) {
		return this.dumps.path() + "/" + name;
	}

}
