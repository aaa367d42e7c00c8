package ratel.core

import java.io.BufferedReader
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** The relay's own program on a free port of this machine, with its database in [folder]. */
class RelayProcess(folder: Path) : AutoCloseable {
    private val process: Process
    private val output: BufferedReader

    /** Where phones find it. */
    val address: String

    init {
        val program = checkNotNull(System.getProperty("ratel.relay")) { "ratel.relay names the relay's program" }
        process =
            ProcessBuilder(program, "--data", folder.toString(), "--listen", "127.0.0.1:0")
                .redirectError(folder.resolveSibling("relay.log").toFile())
                .start()
        output = process.inputStream.bufferedReader()
        val first = output.readLine() ?: error("the relay did not start: ${folder.resolveSibling("relay.log").toFile().readText()}")
        address = first.substringAfterLast(' ')
        check(address.startsWith("http://127.0.0.1:")) { "the relay said: $first" }
    }

    /** Asks it to stop, as a service manager would, and waits until it has. */
    override fun close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        output.close()
    }
}
