package dev.dumpkeeper.notifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.dumpkeeper.hprof.DumpCheck;
import dev.dumpkeeper.hprof.DumpFacts;
import dev.dumpkeeper.hprof.Hungry;
import dev.dumpkeeper.notifier.Hook.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@code k8s/app/dump-notify.sh} in each shell there is.
 */
@EnabledOnOs(OS.LINUX)
class NotifierScriptIntegrationTests {

	private static final String FIXED = "dev_orders-0_heapDump.hprof";

	private static final String UNIQUE = "dev_orders-0_heapDump_\\d{8}T\\d{6}Z_[0-9a-f]{8}\\.hprof";

	private static final String KEY = "6a1f0c2e-secret";

	/** The script's 2 s, and what a busy machine adds. */
	private static final Duration LIMIT = Duration.ofMillis(3500);

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
	void aDumpGetsANameOfItsOwnAndAReceipt(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).run();
		assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
		assertThat(this.dumps.names()).hasSize(2).first().asString().matches(UNIQUE);
		JsonNode receipt = this.dumps.receipt();
		assertThat(receipt.propertyNames()).containsExactly("version", "dump", "status", "reason", "environment", "pod",
				"project", "at", "told");
		assertThat(receipt.path("version").asInt()).isEqualTo(1);
		assertThat(receipt.path("dump").asString()).isEqualTo(this.dumps.names().get(0));
		assertThat(receipt.path("status").asString()).isEqualTo("written");
		assertThat(receipt.path("reason").asString()).isEmpty();
		assertThat(receipt.path("environment").asString()).isEqualTo("dev");
		assertThat(receipt.path("pod").asString()).isEqualTo("orders-0");
		assertThat(receipt.path("project").asString()).isEqualTo("orders");
		assertThat(Instant.parse(receipt.path("at").asString())).isBetween(now().minusSeconds(20), now());
		assertThat(receipt.path("told").asBoolean(true)).isFalse();
		assertThat(this.dumps.receipts()).containsExactly(this.dumps.names().get(0) + ".event");
	}

	@ParameterizedTest
	@EnumSource
	void aCompressedDumpIsJudgedByTheTimeInIt(Shell shell) {
		String name = FIXED + ".gz";
		this.dumps.writeCompressed(name, now());
		assertThat(hook(shell).with("DUMPKEEPER_DUMP", dump(name)).run().exitCode()).isZero();
		assertThat(this.dumps.names()).first().asString().matches(UNIQUE + "\\.gz");
		Path old = this.dumps.writeCompressed(name, now().minus(Duration.ofDays(3)));
		assertThat(hook(shell).with("DUMPKEEPER_DUMP", dump(name)).run().exitCode()).isZero();
		assertThat(old).exists();
	}

	@ParameterizedTest
	@EnumSource
	void twoDumpsInOneSecondGetTwoNames(Shell shell) {
		for (int i = 0; i < 3; i++) {
			this.dumps.write(FIXED, now());
			assertThat(hook(shell).run().exitCode()).isZero();
		}
		assertThat(this.dumps.names()).hasSize(6);
		assertThat(this.dumps.receipts()).hasSize(3);
	}

	static Stream<Arguments> shellsAndValues() {
		List<String> values = List.of("it's \"quoted\" \\ and \\\" so on", "$(touch /tmp/x; id) ${HOME} $HOME", "`id`",
				"-n -e %s %d \\n \\0101 *  [a-z]*", "点 🎉 é", "../../etc/passwd", "; rm -rf / &", "<@all>[a](http://b)",
				"", " ", "~", "!", "x".repeat(1024), "点🎉".repeat(300), "\u0081\u0088\u009b");
		return Stream.of(Shell.values()).flatMap((shell) -> values.stream().map((value) -> Arguments.of(shell, value)));
	}

	@ParameterizedTest
	@MethodSource("shellsAndValues")
	void hostileValuesComeThroughAsTheyAre(Shell shell, String value) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).with("project_env", value)
			.with("pod_name", value)
			.with("pkg", value)
			.with("DUMPKEEPER_DUMP", dump(FIXED))
			.run();
		assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
		assertThat(result.time()).isLessThan(LIMIT);
		JsonNode receipt = this.dumps.receipt();
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		String cut = new String(bytes, 0, Math.min(bytes.length, 800), StandardCharsets.UTF_8);
		assertThat(receipt.path("environment").asString()).isEqualTo(cut);
		if (!value.isEmpty()) {
			// Otherwise bash tells the name of the host, which is the pod's.
			assertThat(receipt.path("pod").asString()).isEqualTo(cut);
		}
		assertThat(receipt.path("project").asString()).isEqualTo(cut);
		String name = receipt.path("dump").asString();
		assertThat(name).matches("[A-Za-z0-9._-]{1,245}");
		assertThat(this.dumps.names()).containsExactly(name, name + ".event");
	}

	@ParameterizedTest
	@EnumSource
	void controlCharactersAreDropped(Shell shell) {
		this.dumps.write(FIXED, now());
		hook(shell).with("DUMPKEEPER_DUMP", dump(FIXED)).with("pkg", "\na\r\n\tb\u0001\u001b[31m\u007f\n\n").run();
		assertThat(this.dumps.receipt().path("project").asString()).isEqualTo("ab[31m");
	}

	@ParameterizedTest
	@EnumSource
	void bytesThatAreNoUtf8ComeThrough(Shell shell) throws IOException {
		this.dumps.write(FIXED, now());
		// A lone continuation, an overlong slash, half a surrogate pair, beyond Unicode,
		// cut off.
		byte[] value = bytes(0x80, 'a', 0xC0, 0xAF, 'b', 0xED, 0xA0, 0x80, 'c', 0xF5, 0x80, 0x80, 0x80, 'd', 0xE0, 0x80,
				0x80, 'e', 0xFF, 0xFE, 'f', 0xE7, 0x82, 'g', 0xF0, 0x9F, 0x8E);
		hook(shell).with("DUMPKEEPER_DUMP", dump(FIXED)).with("pkg", value).run();
		byte[] receipt = Files.readAllBytes(this.dumps.path().resolve(this.dumps.receipts().get(0)));
		assertThat(new String(receipt, StandardCharsets.ISO_8859_1))
			.contains("\"project\":\"" + new String(value, StandardCharsets.ISO_8859_1) + "\"");
		assertThat(this.dumps.receipt().path("pod").asString()).isEqualTo("orders-0");
	}

	/** Dumpkeeper reads the first 8 KiB of a receipt. */
	@ParameterizedTest
	@EnumSource
	void theLongestValuesMakeAReceiptThatIsReadAsAWhole(Shell shell) throws IOException {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).with("project_env", "\"".repeat(50_000))
			.with("pod_name", "\\".repeat(50_000))
			.with("pkg", "\"\\".repeat(25_000))
			.run();
		assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
		assertThat(this.dumps.receipt().path("project").asString()).isEqualTo("\"\\".repeat(400));
		assertThat(Files.size(this.dumps.path().resolve(this.dumps.receipts().get(0)))).isLessThan(8192);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	@ParameterizedTest
	@EnumSource
	void mvDateAndLsAreToolsEnough(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).withTools("mv", "date", "ls").with("pkg", "a\"b\\c\t点$(id) `x` ]^~").run();
		assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
		assertThat(this.dumps.names()).first().asString().matches(UNIQUE);
		assertThat(this.dumps.receipt().path("project").asString()).isEqualTo("a\"b\\c点$(id) `x` ]^~");
		Path old = this.dumps.write(FIXED, now());
		Dumps.modified(old, now().minus(Duration.ofDays(1)));
		assertThat(hook(shell).with("PATH", this.work.resolve("tools").toString()).run().exitCode()).isZero();
		assertThat(old).exists();
	}

	@ParameterizedTest
	@EnumSource
	void withoutDateNothingIsDone(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).withTools("mv").run();
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).isEqualTo("dump-notify: mv, date or ls is missing\n");
		assertThat(this.dumps.names()).containsExactly(FIXED);
	}

	@ParameterizedTest
	@EnumSource
	void aDateThatDoesNotShowTheTimeIsOneLineAndAnExitCode(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).withTools("mv", "ls", "sleep").withTool("date", "#!/bin/sh\nexit 1\n").run();
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).isEqualTo("dump-notify: date does not tell the time\n");
		assertThat(this.dumps.names()).containsExactly(FIXED);
	}

	/** What an image may set for all its shells. */
	@ParameterizedTest
	@EnumSource
	void strictOptionsAndAnOddEnvironmentChangeNothing(Shell shell) throws Exception {
		for (String options : List.of("-eu", "-ae", "-C")) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withOptions(options)
				.with("IFS", "/_.0123456789")
				.with("LC_ALL", "C.UTF-8")
				.with("POSIXLY_CORRECT", "1")
				.with("CDPATH", this.volume.toString())
				.with("LS_COLORS", "*=01")
				.with("TZ", "Asia/Shanghai")
				.with("code", "9")
				.with("rest", "x y")
				.with("pkg", bytes('*', 0xFF, ' ', 0xE7))
				.run();
			assertThat(result).as(options).isEqualTo(new Result(0, "", "", result.time()));
		}
		assertThat(this.dumps.names()).hasSize(6);
		for (String receipt : this.dumps.receipts()) {
			assertThat(this.dumps.receipt(receipt).path("status").asString()).isEqualTo("written");
			assertThat(this.dumps.receipt(receipt).path("project").asString()).isEqualTo("*\uFFFD \uFFFD");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aDumpOfAnEarlierJvmIsLeftAloneAndReportedAsAFailure(Shell shell) {
		Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
		Path stale = this.dumps.write(FIXED, started.minusSeconds(2));
		Result result = hook(shell).run();
		assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
		assertThat(stale).exists();
		JsonNode receipt = this.dumps.receipt();
		assertThat(receipt.path("status").asString()).isEqualTo("failed");
		assertThat(receipt.path("reason").asString()).isEqualTo("the file name was in use");
		assertThat(receipt.path("dump").asString()).matches(UNIQUE);
		assertThat(this.dumps.receipts()).containsExactly(receipt.path("dump").asString() + ".event");
	}

	@ParameterizedTest
	@EnumSource
	void aDumpOfThisJvmIsNotTakenForAnEarlierOnes(Shell shell) {
		Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
		this.dumps.write(FIXED, started.plusMillis(50));
		hook(shell).run(Long.toString(ProcessHandle.current().pid()));
		assertThat(this.dumps.receipt().path("status").asString()).isEqualTo("written");
	}

	@ParameterizedTest
	@EnumSource
	void withoutTheJvmsAgeADumpIsStaleAfterAnHour(Shell shell) {
		Path stale = this.dumps.write(FIXED, now().minus(Duration.ofMinutes(61)));
		hook(shell).run("999999999");
		assertThat(stale).exists();
		this.dumps.write(FIXED, now().minus(Duration.ofMinutes(59)));
		hook(shell).run("999999999");
		assertThat(stale).doesNotExist();
	}

	@ParameterizedTest
	@EnumSource
	void aHeaderWithoutATimeLeavesItToTheModification(Shell shell) {
		Path dump = this.dumps.write(FIXED, Instant.ofEpochMilli(0));
		Dumps.modified(dump, now().minus(Duration.ofDays(1)));
		hook(shell).run();
		assertThat(dump).exists();
		Dumps.modified(dump, now());
		hook(shell).run();
		assertThat(dump).doesNotExist();
	}

	@ParameterizedTest
	@EnumSource
	void aMissingDumpHasAReceipt(Shell shell) {
		assertThat(hook(shell).run().exitCode()).isZero();
		assertThat(this.dumps.names()).hasSize(1);
		assertThat(this.dumps.receipt().path("status").asString()).isEqualTo("failed");
		assertThat(this.dumps.receipt().path("reason").asString()).isEqualTo("the dump is missing");
	}

	@ParameterizedTest
	@EnumSource
	void anEmptyDumpMakesRoomAndIsReportedAsAFailure(Shell shell) {
		this.dumps.write(FIXED, new byte[0]);
		assertThat(hook(shell).run().exitCode()).isZero();
		assertThat(this.dumps.names()).hasSize(2).first().asString().matches(UNIQUE);
		assertThat(this.dumps.receipt().path("status").asString()).isEqualTo("failed");
		assertThat(this.dumps.receipt().path("reason").asString())
			.isEqualTo("the dump is empty, the quota may be full");
	}

	@ParameterizedTest
	@EnumSource
	void aNameWithATimeStays(Shell shell) {
		String name = "dev_orders-0_heapDump_20261125T030405_8842.hprof";
		this.dumps.write(name, now());
		hook(shell).with("DUMPKEEPER_DUMP", dump(name)).run();
		assertThat(this.dumps.names()).containsExactly(name, name + ".event");
		assertThat(this.dumps.receipt().path("dump").asString()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/java_pid%p.hprof" })
	void theDumpOfADirectoryOrAPatternIsFound(String ending) {
		this.dumps.write("java_pid4711.hprof", now());
		hook(Shell.DASH).with("DUMPKEEPER_DUMP", dump("").replaceAll("/$", "") + ending).run("4711");
		assertThat(this.dumps.receipt().path("status").asString()).isEqualTo("written");
		assertThat(this.dumps.names()).first().asString().matches(UNIQUE);
	}

	@ParameterizedTest
	@EnumSource
	void aFifoInPlaceOfTheDumpIsNotOpened(Shell shell) throws Exception {
		new ProcessBuilder("mkfifo", dump(FIXED)).start().waitFor();
		Result result = hook(shell).run();
		assertThat(result.time()).isLessThan(LIMIT);
		assertThat(this.dumps.receipt().path("reason").asString()).isEqualTo("the dump is no file");
	}

	@ParameterizedTest
	@EnumSource
	void aMissingDirectoryIsOneLineAndAnExitCode(Shell shell) {
		Result result = hook(shell).with("DUMPKEEPER_DUMP", this.volume.resolve("none/x.hprof").toString()).run();
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.err())
			.isEqualTo("dump-notify: no receipt: the directory of the dump is missing, not writable or full\n");
	}

	@ParameterizedTest
	@EnumSource
	void aDirectoryThatCannotBeWrittenIsOneLineAndAnExitCode(Shell shell) throws IOException {
		this.dumps.write(FIXED, now());
		open(this.volume, this.work, this.dumps.path());
		Files.setPosixFilePermissions(this.dumps.path(), PosixFilePermissions.fromString("r-xr-xr-x"));
		Result result = hook(shell).unprivileged().run();
		Files.setPosixFilePermissions(this.dumps.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.err()).hasLineCount(1);
		assertThat(this.dumps.names()).containsExactly(FIXED);
	}

	/**
	 * By a limit that ksh93 meets in its own temporary files and zsh does not hand on.
	 */
	@ParameterizedTest
	@EnumSource(names = { "KSH", "ZSH" }, mode = EnumSource.Mode.EXCLUDE)
	void aFullVolumeIsOneLineAndAnExitCodeAndTheDumpIsStillRenamed(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).before("trap '' XFSZ; ulimit -f 0").run();
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(this.dumps.names()).singleElement().asString().matches(UNIQUE);
	}

	@ParameterizedTest
	@EnumSource
	void anyUserMayRunIt(Shell shell) throws IOException {
		Path dump = this.dumps.write(FIXED, now());
		Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rw-r--r--"));
		if ("root".equals(System.getProperty("user.name"))) {
			Files.setAttribute(dump, "unix:uid", 65534);
		}
		open(this.volume, this.work, this.dumps.path());
		Result result = hook(shell).unprivileged().run();
		assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
		assertThat(this.dumps.names()).hasSize(2).first().asString().matches(UNIQUE);
	}

	static Stream<Arguments> shellsAndCallers() {
		return Stream.of(Shell.values())
			.flatMap((shell) -> Stream.of("curl", "wget", "bash").map((caller) -> Arguments.of(shell, caller)));
	}

	@ParameterizedTest
	@MethodSource("shellsAndCallers")
	void theServiceIsCalledWithWhatThereIs(Shell shell, String caller) throws IOException {
		try (Listener service = Listener.answering(202, "")) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withTools("mv", "date", "ls", "od", "timeout", caller)
				.with("DUMPKEEPER_HOOK_URL", service.url("/hooks/dump"))
				.with("DUMPKEEPER_HOOK_TOKEN_FILE", secret(KEY))
				.run();
			assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
			Listener.Request request = service.requests().get(0);
			assertThat(service.requests()).hasSize(1);
			assertThat(request.first()).isEqualTo("POST /hooks/dump HTTP/1.1");
			assertThat(request.headers()).contains("Authorization: Bearer " + KEY, "Content-Type: application/json");
			assertThat(Dumps.json(request.body())).isEqualTo(
					Dumps.json("{\"volume\":\"jfsdata\",\"key\":\"dumpfiles/" + this.dumps.names().get(0) + "\"}"));
			assertThat(this.dumps.receipt().path("told").asBoolean(true)).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("shellsAndCallers")
	void aServiceThatRefusesIsAnExitCodeAndNoLoss(Shell shell, String caller) throws IOException {
		try (Listener service = Listener.answering(401, "{}")) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withTools("mv", "date", "ls", "od", "timeout", caller)
				.with("DUMPKEEPER_HOOK_URL", service.url("/hooks/dump"))
				.with("DUMPKEEPER_HOOK_TOKEN_FILE", secret(KEY))
				.run();
			assertThat(result.exitCode()).isEqualTo(4);
			assertThat(result.err()).isEqualTo("dump-notify: the service did not take the call\n");
			assertThat(this.dumps.receipt().path("status").asString()).isEqualTo("written");
		}
	}

	static Stream<Arguments> shellsAndTools() {
		return Stream.of(Shell.values())
			.flatMap((shell) -> Stream
				.of("curl", "curl sleep", "wget timeout", "wget sleep", "bash timeout", "bash sleep")
				.map((tools) -> Arguments.of(shell, tools)));
	}

	@ParameterizedTest
	@MethodSource("shellsAndTools")
	void aServiceThatHangsDoesNotHoldUpTheJvm(Shell shell, String tools) throws Exception {
		try (Listener service = Listener.hanging()) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withTools(("mv date ls od " + tools).split(" "))
				.with("DUMPKEEPER_HOOK_URL", service.url("/hooks/dump"))
				.run();
			assertThat(result.time()).isLessThan(LIMIT);
			assertThat(result.exitCode()).isEqualTo(4);
			assertThat(service.requests()).hasSize(1);
			assertThat(service.awaitHangUp()).as("nothing goes on in the background").isTrue();
			assertThat(this.dumps.names()).hasSize(2).first().asString().matches(UNIQUE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void withoutAToolForTheCallItIsSkipped(Shell shell) {
		try (Listener service = Listener.hanging()) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withTools("mv", "date", "ls", "od", "sleep")
				.with("DUMPKEEPER_HOOK_URL", service.url("/hooks/dump"))
				.run();
			assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
			assertThat(service.requests()).isEmpty();
			assertThat(this.dumps.receipts()).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTokenThatCannotBeReadIsNamedAndTheReceiptStays(Shell shell) throws Exception {
		Path fifo = this.work.resolve("fifo");
		new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
		try (Listener service = Listener.answering(202, "")) {
			for (String file : new String[] { fifo.toString(), this.work.resolve("none").toString(), secret(""),
					secret("a\"b"), secret("a b") }) {
				Result result = hook(shell).with("DUMPKEEPER_HOOK_URL", service.url("/hooks/dump"))
					.with("DUMPKEEPER_HOOK_TOKEN_FILE", file)
					.run();
				assertThat(result.exitCode()).as(file).isEqualTo(2);
				assertThat(result.err()).isEqualTo("dump-notify: no token in DUMPKEEPER_HOOK_TOKEN_FILE\n");
			}
			assertThat(service.requests()).isEmpty();
		}
		assertThat(this.dumps.receipts()).hasSize(5);
	}

	@ParameterizedTest
	@EnumSource
	void aDumpElsewhereCannotBeAskedFor(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).with("DUMPKEEPER_MOUNT", this.volume + "/dump")
			.with("DUMPKEEPER_HOOK_URL", "http://127.0.0.1:1/")
			.run();
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).isEqualTo("dump-notify: the dump is not below DUMPKEEPER_MOUNT\n");
	}

	static Stream<Arguments> shellsAndRobotCallers() {
		return Stream.of(Shell.values())
			.flatMap((shell) -> Stream.of("curl", "wget").map((caller) -> Arguments.of(shell, caller)));
	}

	@ParameterizedTest
	@MethodSource("shellsAndRobotCallers")
	void aRobotThatTookTheMessageIsInTheReceipt(Shell shell, String caller) throws IOException {
		try (Listener robot = Listener.answering(200, "{\"errcode\":0,\"errmsg\":\"ok\"}")) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withTools("mv", "date", "ls", "od", "timeout", caller)
				.with("pkg", "<@all>[订单](http://x) \"q\" `c`")
				.with("DUMPKEEPER_ROBOT_URL_FILE", secret(robot.url("/send?key=" + KEY)))
				.run();
			assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
			assertThat(this.dumps.receipt().path("told").asBoolean()).isTrue();
			assertThat(this.dumps.names()).hasSize(2);
			Listener.Request request = robot.requests().get(0);
			assertThat(request.first()).isEqualTo("POST /send?key=" + KEY + " HTTP/1.1");
			JsonNode message = Dumps.json(request.body());
			assertThat(message.path("msgtype").asString()).isEqualTo("markdown");
			assertThat(message.path("markdown").path("content").asString().lines()).containsExactly("## 内存溢出，已生成堆转储",
					"> 环境：dev", "> 项目：@all订单(http://x) \"q\" c", "> Pod：orders-0",
					"> 文件：jfsdata/dumpfiles/" + this.dumps.names().get(0),
					"> 时间：" + this.dumps.receipt().path("at").asString());
		}
	}

	/** Nobody cleans what the robot gets. */
	@ParameterizedTest
	@EnumSource
	void theRobotGetsNoBytesThatAreNoUtf8WhereTheyCanBeDropped(Shell shell) throws IOException {
		try (Listener robot = Listener.answering(200, "{\"errcode\":0}")) {
			Result result = hook(shell).withTools("mv", "date", "ls", "curl", "iconv")
				.with("project_env", bytes('a', 0xFF, 'b', 0xE7, 0x82))
				.with("pkg", "点".repeat(300))
				.with("DUMPKEEPER_ROBOT_URL_FILE", secret(robot.url("/send?key=" + KEY)))
				.run();
			assertThat(result).isEqualTo(new Result(0, "", "", result.time()));
			assertThat(Dumps.json(robot.requests().get(0).body()).path("markdown").path("content").asString())
				.startsWith("## 内存溢出，没有堆转储\n> 环境：ab\n> 项目：" + "点".repeat(266) + "\n> Pod：orders-0\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, '{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}'",
			"200, '{\"errcode\":45009,\"errmsg\":\"errcode 0\"}'", "200, ''", "500, '{}'", "200, '{\"errcode\":01}'" })
	void aRobotThatDidNotTakeTheMessageIsAnExitCode(int status, String answer) throws IOException {
		for (Shell shell : List.of(Shell.DASH, Shell.BASH)) {
			try (Listener robot = Listener.answering(status, answer)) {
				Result result = hook(shell).with("DUMPKEEPER_ROBOT_URL_FILE", secret(robot.url("/send?key=" + KEY)))
					.run();
				assertThat(result.exitCode()).isEqualTo(4);
				assertThat(result.err()).isEqualTo("dump-notify: the robot did not take the message\n");
				assertThat(robot.requests()).hasSize(1);
			}
		}
		for (String receipt : this.dumps.receipts()) {
			assertThat(this.dumps.receipt(receipt).path("told").asBoolean(true)).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("shellsAndRobotCallers")
	void aRobotThatHangsDoesNotHoldUpTheJvm(Shell shell, String caller) throws Exception {
		try (Listener robot = Listener.hanging()) {
			this.dumps.write(FIXED, now());
			Result result = hook(shell).withTools("mv", "date", "ls", "od", "sleep", caller)
				.with("DUMPKEEPER_ROBOT_URL_FILE", secret(robot.url("/send?key=" + KEY)))
				.run();
			assertThat(result.time()).isLessThan(LIMIT);
			assertThat(result.exitCode()).isEqualTo(4);
			assertThat(robot.awaitHangUp()).as("nothing goes on in the background").isTrue();
			assertThat(this.dumps.receipt().path("told").asBoolean(true)).isFalse();
		}
	}

	@Test
	void aFailureIsReportedInEnglishToo() throws IOException {
		try (Listener robot = Listener.answering(200, "{\"errcode\": 0}")) {
			Result result = hook(Shell.DASH).with("DUMPKEEPER_LANGUAGE", "en")
				.with("DUMPKEEPER_ROBOT_URL_FILE", secret(robot.url("/")))
				.run();
			assertThat(result.exitCode()).isZero();
			assertThat(Dumps.json(robot.requests().get(0).body()).path("markdown").path("content").asString())
				.startsWith("## OutOfMemoryError, and no heap dump\n> Environment: dev\n> Project: orders\n")
				.contains("> Reason: the dump is missing\n");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHungToolIsBoundedToo(Shell shell) {
		this.dumps.write(FIXED, now());
		Result result = hook(shell).withTools("mv", "date", "ls", "sleep")
			.withTool("od", "#!/bin/sh\nexec " + Shell.find("sleep").orElseThrow() + " 5\n")
			.run();
		assertThat(result.time()).isLessThan(LIMIT);
		assertThat(result.exitCode()).isEqualTo(5);
		assertThat(result.err()).isEqualTo("dump-notify: out of time\n");
	}

	@ParameterizedTest
	@EnumSource
	void noSecretIsAnArgumentOfCurl(Shell shell) throws IOException {
		this.dumps.write(FIXED, now());
		String log = this.work.resolve("log").toString();
		String spy = """
				#!/bin/sh
				printf '%%s\\n' "$@" >'%s'
				while IFS= read -r line; do
					printf '%%s\\n' "$line"
				done >'%s.in'
				""".formatted(log, log);
		hook(shell).withTools("mv", "date", "ls", "od", "sleep")
			.withTool("curl", spy)
			.with("DUMPKEEPER_HOOK_URL", "https://dumpkeeper.example/hooks/dump")
			.with("DUMPKEEPER_HOOK_TOKEN_FILE", secret(KEY))
			.run();
		assertThat(Files.readString(Path.of(log))).contains("{\"volume\":").doesNotContain(KEY);
		assertThat(Files.readString(Path.of(log + ".in"))).contains("Authorization: Bearer " + KEY);
		hook(shell).with("PATH", this.work.resolve("tools").toString())
			.with("DUMPKEEPER_ROBOT_URL_FILE", secret("https://robot.example/send?key=" + KEY))
			.run();
		assertThat(Files.readString(Path.of(log))).contains("\"msgtype\"").doesNotContain(KEY);
		assertThat(Files.readString(Path.of(log + ".in"))).contains("url = \"https://robot.example/send?key=" + KEY);
		for (String receipt : this.dumps.receipts()) {
			assertThat(this.dumps.path().resolve(receipt)).content().doesNotContain(KEY);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRealJvmThatDiesTwiceUnderOneNameLeavesTwoDumpsAndTwoReceipts(Shell shell) throws Exception {
		for (int i = 0; i < 2; i++) {
			dieOfOutOfMemory(shell);
		}
		assertThat(this.dumps.names()).hasSize(4);
		assertThat(this.dumps.receipts()).hasSize(2).allSatisfy((name) -> {
			JsonNode receipt = this.dumps.receipt(name);
			assertThat(receipt.path("status").asString()).isEqualTo("written");
			Path dump = this.dumps.path().resolve(receipt.path("dump").asString());
			assertThat(check(dump).verdict()).isEqualTo(DumpFacts.Verdict.COMPLETE);
			assertThat(dump.getFileName() + ".event").isEqualTo(name);
		});
	}

	@Test
	void aRealJvmThatFindsItsNameInUseLeavesAReceiptAndTheOldDump() throws Exception {
		Path stale = this.dumps.write(FIXED, now().minusSeconds(30));
		dieOfOutOfMemory(Shell.DASH);
		assertThat(Files.size(stale)).isEqualTo(31);
		assertThat(this.dumps.receipt().path("reason").asString()).isEqualTo("the file name was in use");
	}

	/** With the flags of the documentation. */
	private void dieOfOutOfMemory(Shell shell) throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
		command.addAll(List.of("-Xmx16m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump(FIXED),
				"-XX:OnOutOfMemoryError=" + String.join(" ", shell.command()) + " " + Hook.SCRIPT + " %p",
				"-XX:+ExitOnOutOfMemoryError", "-cp",
				Path.of(Hungry.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
				Hungry.class.getName()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.work.resolve("java.log").toFile());
		builder.environment().put("project_env", "dev");
		builder.environment().put("pod_name", "orders-0");
		builder.environment().put("pkg", "orders");
		builder.environment().put("DUMPKEEPER_DUMP", dump(FIXED));
		Process process = builder.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.work.resolve("java.log")).content().contains("Executing");
	}

	private static DumpFacts check(Path dump) {
		try {
			byte[] content = Files.readAllBytes(dump);
			return DumpCheck.check((offset, length) -> Arrays.copyOfRange(content, (int) offset, (int) offset + length),
					content.length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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

	private String secret(String line) throws IOException {
		Path file = Files.createTempFile(this.work, "secret", "");
		return Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8)).toString();
	}

	private static void open(Path... directories) throws IOException {
		for (Path directory : directories) {
			Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		}
	}

	private static Instant now() {
		return Instant.now();
	}

}
