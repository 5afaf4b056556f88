package dev.dumpkeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of the code and what each may use. Each package is a room, one below another
 * as well. The table is the rule: a new edge is added here and in a decision record.
 */
class RoomsTests {

	private static final String ROOT = "dev.dumpkeeper";

	private static final int MOST_LINES = 400;

	private static final int MOST_PARAMETERS = 9;

	/** Whatever shows what others chose goes through it. */
	private static final String FOR_ALL = "text";

	private static final Map<String, Set<String>> MAY_USE = Map.ofEntries( //
			Map.entry("text", Set.of()), //
			Map.entry("run", Set.of()), //
			Map.entry("gateway", Set.of()), //
			Map.entry("metadata", Set.of("gateway")), //
			Map.entry("scan", Set.of("run", "gateway")), //
			Map.entry("usage", Set.of("run", "gateway", "scan")), //
			Map.entry("hprof", Set.of()), //
			Map.entry("ledger", Set.of("run", "gateway", "scan", "hprof")), //
			Map.entry("retention", Set.of("run", "gateway", "scan", "ledger")), //
			Map.entry("notify", Set.of("run")), //
			Map.entry("notify.wecom", Set.of("run", "notify")), //
			Map.entry("digest", Set.of("run", "gateway", "hprof", "ledger", "notify")), //
			Map.entry("capacity.forecast", Set.of()), //
			Map.entry("capacity",
					Set.of("capacity.forecast", "run", "gateway", "metadata", "usage", "ledger", "retention", "notify",
							"digest")), //
			Map.entry("settings", Set.of("run")), //
			Map.entry("database", Set.of("run", "gateway")), //
			Map.entry("workers", Set.of("run")), //
			Map.entry("runs",
					Set.of("run", "workers", "settings", "database", "gateway", "scan", "usage", "ledger", "retention",
							"notify", "digest", "capacity")), //
			Map.entry("cli", Set.of("run", "settings", "database", "gateway", "hprof", "ledger", "runs")), //
			Map.entry("web",
					Set.of("run", "workers", "database", "gateway", "usage", "ledger", "notify", "digest", "capacity",
							"runs")), //
			Map.entry("api", Set.of("run", "ledger", "retention", "usage", "capacity")), //
			Map.entry("console",
					Set.of("run", "settings", "gateway", "usage", "ledger", "retention", "notify", "digest", "capacity",
							"runs", "web")), //
			Map.entry("", Set.of("cli")));

	/** The tables and the rooms whose code reads and writes them. */
	private static final Map<String, String> TABLES = Map.ofEntries( //
			Map.entry("audit_event", "web"), //
			Map.entry("capacity_check", "capacity"), //
			Map.entry("growth_contributor", "capacity"), //
			Map.entry("capacity_reading", "capacity"), //
			Map.entry("capacity_alert", "capacity"), //
			Map.entry("delivery_attempt", "notify"), //
			Map.entry("digest", "digest"), //
			Map.entry("digest_lock", "digest"), //
			Map.entry("directory_usage", "usage"), //
			Map.entry("dump", "ledger"), //
			Map.entry("dump_contents", "ledger"), //
			Map.entry("expiry_item", "retention"), //
			Map.entry("expiry_plan", "retention"), //
			Map.entry("volume_plan", "retention"), //
			Map.entry("failure", "ledger"), //
			Map.entry("maintenance_run", "runs"), //
			Map.entry("marker", "retention"), //
			Map.entry("outbound_message", "notify"), //
			Map.entry("outbound_page", "notify"), //
			Map.entry("quarantined_object", "retention"), //
			Map.entry("robot", "notify"), //
			Map.entry("shedlock", "runs"), //
			Map.entry("step_partition", "workers"), //
			Map.entry("volume_scan", "scan"));

	private static final Pattern TABLE_CHANGE = Pattern.compile("(CREATE|DROP) TABLE (?:IF (?:NOT )?EXISTS )?(\\w+)");

	/** What makes all tables of a room. */
	private static final Pattern BASELINE = Pattern.compile("V00\\d\\d__create_(\\w+)\\.sql");

	private static final Pattern TABLE_USE = Pattern
		.compile("(?:\\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\\s+|@Table\\(\"|REFERENCES\\s+)(\\w+)");

	/** What binds a prefix, and what asks for a single property. */
	private static final Pattern PROPERTY_USE = Pattern.compile("@ConfigurationProperties\\(\"(dumpkeeper[\\w.-]*)\""
			+ "|(?:getProperty|containsProperty)\\(\\s*\"(dumpkeeper[\\w.-]*)\\.[\\w-]+\"");

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<![:\"])//[^\\n]*", Pattern.DOTALL);

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@Test
	void everyPackageIsARoomAndNoRoomIsEmpty() {
		Set<String> rooms = CLASSES.stream().map(RoomsTests::room).collect(Collectors.toCollection(TreeSet::new));
		assertThat(rooms).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
	}

	@Test
	void aRoomUsesOnlyTheRoomsThatTheTableAllows() {
		assertThat(forbidden(CLASSES)).isEmpty();
	}

	@Test
	void aForbiddenEdgeWouldBeFound() {
		JavaClasses planted = new ClassFileImporter().importClasses(dev.dumpkeeper.gateway.PlantedViolation.class,
				dev.dumpkeeper.scan.BucketLister.class);
		assertThat(forbidden(planted)).singleElement().asString().contains("PlantedViolation", "scan.BucketLister");
	}

	@Test
	void anEdgeToTheRoomAboveWouldBeFound() {
		JavaClasses planted = new ClassFileImporter().importClasses(
				dev.dumpkeeper.capacity.forecast.PlantedViolation.class, dev.dumpkeeper.capacity.CapacityLevel.class);
		assertThat(forbidden(planted)).singleElement()
			.asString()
			.contains("PlantedViolation", "capacity.CapacityLevel");
	}

	@Test
	void aForecastIsPlainComputation() {
		List<String> users = CLASSES.stream()
			.filter((type) -> room(type).equals("capacity.forecast"))
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.map((edge) -> edge.getTargetClass().getBaseComponentType().getName())
			.filter((name) -> !name.matches("boolean|int|long|double|void|java\\..*|org\\.jspecify\\..*|" + ROOT
					+ "\\.capacity\\.forecast\\..*"))
			.distinct()
			.toList();
		assertThat(users).isEmpty();
	}

	/** Its limits, colours, codes and addresses; properties keep their names. */
	@Test
	void wecomIsSpokenOnlyInItsRoom() throws IOException {
		Pattern dialect = Pattern.compile("</?font|\\b3800\\b|qyapi|\\b(45009|4005\\d|9300\\d)\\b|\"(\\*\\*\"|## )");
		assertThat(sources()).filteredOn((source) -> dialect.matcher(source.code()).find())
			.isNotEmpty()
			.extracting(Source::file)
			.allMatch((file) -> file.startsWith("notify/wecom/"));
		// A chart is no markdown, and shows a name with as little effect.
		assertThat(CLASSES.stream()
			.filter((type) -> !room(type).equals("notify.wecom") && uses(type, ROOT + ".text.SafeMarkdown"))
			.map(JavaClass::getSimpleName)
			.filter((name) -> !name.equals("SafeMarkdown"))).containsExactly("CapacityChart");
	}

	/** Others know the port of a format and what it found, which is the same for all. */
	@Test
	void theRecordsOfAFormatAreNamedInItsRoomAndRegisteredOnce() {
		Set<String> port = Set.of("DumpFormat", "DumpSource", "DumpFacts", "TriageResult", "Death", "StackFrame",
				"HeapContents", "Holders", "Growth", "HeapReading");
		List<String> named = CLASSES.stream()
			.filter((type) -> !room(type).equals("hprof"))
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter((edge) -> edge.getTargetClass().getPackageName().equals(ROOT + ".hprof"))
			.filter((edge) -> !port.contains(edge.getTargetClass().getName().replaceAll(".*\\.|\\$.*", "")))
			.map((edge) -> edge.getOriginClass().getSimpleName() + " -> " + edge.getTargetClass().getSimpleName())
			.distinct()
			.toList();
		assertThat(named).containsExactly("DumpFormats -> Hprof");
		assertThat(CLASSES.stream()
			.filter((type) -> !room(type).equals("hprof"))
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.map((call) -> call.getTargetOwner().getSimpleName() + "." + call.getName())
			.filter((call) -> call.equals("TriageResult.of") || call.equals("HeapReading.read"))).isEmpty();
	}

	@Test
	void minioIsSpokenOnlyInTheGateway() {
		assertThat(users("io.minio", "okhttp3")).containsOnly("gateway");
	}

	@Test
	void springBatchAppearsOnlyWhereStepsAndJobsAreMade() {
		List<String> users = CLASSES.stream()
			.filter((type) -> uses(type, "org.springframework.batch"))
			.map(JavaClass::getName)
			.filter((name) -> !name.matches(".*StepConfiguration(\\$.*)?|" + ROOT + "\\.(runs|workers|database)\\..*|"
					+ ROOT + "\\.run\\.(VolumeStepBuilder|Partitions)(\\$.*)?"))
			.toList();
		assertThat(users).isEmpty();
	}

	@Test
	void templatesAndPagesAreTheConsoles() {
		assertThat(users("org.thymeleaf", "org.springframework.ui", "org.springframework.stereotype.Controller"))
			.isSubsetOf("console");
	}

	@Test
	void nobodyUsesTheConsole() {
		assertThat(MAY_USE.values()).noneMatch((rooms) -> rooms.contains("console") || rooms.contains("api"));
	}

	@Test
	void policiesImportNoFrameworkThatTouchesTheWorld() {
		List<String> pure = List.of("retention.RetentionPolicy", "retention.SweepBrake", "retention.BatchSize",
				"retention.ExpiryBlockers", "scan.Plausibility", "scan.Globs", "scan.CompanionMatcher",
				"ledger.DumpNames");
		for (String name : pure) {
			JavaClass type = CLASSES.get(ROOT + "." + name);
			assertThat(uses(type, "org.springframework.jdbc", "org.springframework.data", "org.springframework.batch",
					"io.minio", "okhttp3"))
				.as(name)
				.isFalse();
		}
	}

	@Test
	void nothingReadsTheWallClockInsideARule() {
		List<String> readers = CLASSES.stream()
			.filter((type) -> !Set.of("runs", "database", "cli").contains(room(type)))
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.filter((call) -> call.getTargetOwner().getFullName().equals("java.time.Instant")
					&& call.getName().equals("now")
					|| call.getTargetOwner().getFullName().equals("java.lang.System")
							&& call.getName().equals("currentTimeMillis"))
			.map(Object::toString)
			.toList();
		assertThat(readers).isEmpty();
	}

	@Test
	void noClassIsLongerThanAReaderCanHold() throws IOException {
		List<String> longer = new ArrayList<>();
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			for (Path file : files.filter((file) -> file.toString().endsWith(".java")).toList()) {
				int lines = Files.readAllLines(file).size();
				if (lines > MOST_LINES) {
					longer.add(file.getFileName() + ": " + lines);
				}
			}
		}
		assertThat(longer).isEmpty();
	}

	/** Records are lists of facts, and enums have parameters of the compiler's. */
	@Test
	void noClassWorksWithMoreThanNineOthers() {
		assertThat(CLASSES.stream()
			.filter((type) -> !type.isRecord() && !type.isEnum())
			.flatMap((type) -> type.getConstructors().stream())
			.filter((constructor) -> constructor.getRawParameterTypes().size() > MOST_PARAMETERS)
			.map((constructor) -> constructor.getOwner().getName() + ": " + constructor.getRawParameterTypes().size()))
			.isEmpty();
	}

	@Test
	void everyTableHasAnOwner() throws IOException {
		Set<String> tables = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src/main/resources/db/migration"))) {
			for (Path migration : files.filter((file) -> file.toString().endsWith(".sql"))
				.sorted(Comparator.comparing((file) -> file.getFileName().toString()))
				.toList()) {
				Matcher changes = TABLE_CHANGE.matcher(Files.readString(migration));
				while (changes.find()) {
					if (changes.group(1).equals("CREATE")) {
						tables.add(changes.group(2));
					}
					else {
						tables.remove(changes.group(2));
					}
				}
			}
		}
		tables.removeIf((table) -> table.startsWith("BATCH_") || table.startsWith("QRTZ_")
				|| table.startsWith("SPRING_SESSION"));
		assertThat(tables).isEqualTo(new TreeSet<>(TABLES.keySet()));
	}

	@Test
	void aTableIsMadeByTheMigrationOfItsRoom() throws IOException {
		Map<String, String> makers = new TreeMap<>();
		try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration/common"))) {
			for (Path migration : files.toList()) {
				Matcher room = BASELINE.matcher(migration.getFileName().toString());
				Matcher changes = TABLE_CHANGE.matcher(Files.readString(migration));
				while (room.matches() && changes.find()) {
					makers.put(changes.group(2), room.group(1));
				}
			}
		}
		assertThat(makers).isEqualTo(new TreeMap<>(TABLES));
	}

	@Test
	void aTableIsNamedInItsOwnRoomOnly() throws IOException {
		List<String> strangers = new ArrayList<>();
		for (Source source : sources()) {
			Matcher uses = TABLE_USE.matcher(source.code());
			while (uses.find()) {
				String owner = TABLES.get(uses.group(1));
				if (owner != null && !owner.equals(source.room())) {
					strangers.add(source.file() + " names " + uses.group(1) + " of " + owner);
				}
			}
		}
		assertThat(strangers).isEmpty();
	}

	@Test
	void aPrefixOfPropertiesIsReadInOneRoomOnly() throws IOException {
		Map<String, Set<String>> readers = new TreeMap<>();
		for (Source source : sources()) {
			if (source.file().endsWith("ExampleSecrets.java")) {
				// Checks the secrets of all rooms.
				continue;
			}
			Matcher uses = PROPERTY_USE.matcher(source.code());
			while (uses.find()) {
				readers
					.computeIfAbsent((uses.group(1) != null) ? uses.group(1) : uses.group(2),
							(prefix) -> new TreeSet<>())
					.add(source.room());
			}
		}
		assertThat(readers).isNotEmpty();
		// Whoever binds the root binds single properties of it by name.
		readers.remove("dumpkeeper");
		assertThat(readers.entrySet()).filteredOn((entry) -> entry.getValue().size() > 1).isEmpty();
	}

	/** All code with what its strings say and without its comments. */
	private static List<Source> sources() throws IOException {
		List<Source> sources = new ArrayList<>();
		Path root = Path.of("src/main/java", ROOT.split("\\."));
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
				Path inside = root.relativize(file);
				sources.add(new Source((inside.getNameCount() > 1) ? inside.getName(0).toString() : "",
						inside.toString(), COMMENT.matcher(Files.readString(file)).replaceAll("")));
			}
		}
		return sources;
	}

	private static List<String> forbidden(JavaClasses classes) {
		return classes.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter((edge) -> edge.getTargetClass().getPackageName().startsWith(ROOT))
			.filter((edge) -> !room(edge.getOriginClass()).equals(room(edge.getTargetClass())))
			.filter((edge) -> !room(edge.getTargetClass()).equals(FOR_ALL))
			.filter((edge) -> !MAY_USE.getOrDefault(room(edge.getOriginClass()), Set.of())
				.contains(room(edge.getTargetClass())))
			.map((edge) -> edge.getOriginClass().getName() + " -> " + edge.getTargetClass().getName())
			.distinct()
			.toList();
	}

	private static Set<String> users(String... prefixes) {
		return CLASSES.stream()
			.filter((type) -> uses(type, prefixes))
			.map(RoomsTests::room)
			.collect(Collectors.toSet());
	}

	private static boolean uses(JavaClass type, String... prefixes) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.anyMatch((edge) -> List.of(prefixes).stream().anyMatch(edge.getTargetClass().getName()::startsWith));
	}

	/**
	 * A file of code.
	 *
	 * @param room its room
	 * @param file its name within the code
	 * @param code its text without comments
	 */
	private record Source(String room, String file, String code) {

	}

	private static String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
	}

}
