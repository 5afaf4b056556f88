import java.util.ArrayList;
import java.util.List;

/** Dies of OutOfMemoryError after a minute, so that the chain of dump, receipt and message can be watched. */
class OutOfMemory {

	public static void main(String[] args) throws InterruptedException {
		long seconds = (args.length > 0) ? Long.parseLong(args[0]) : 60;
		System.out.println("running out of memory in " + seconds + " s");
		Thread.sleep(seconds * 1000);
		List<byte[]> kept = new ArrayList<>();
		while (true) {
			kept.add(new byte[1024 * 1024]);
		}
	}

}
