package ratel.core

import java.nio.file.Path
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** How screens come to a shell. */
class ScreensTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `of a burst only the newest screen comes, and then none until something changes`() {
        open(folder).use { ratel ->
            runBlocking {
                assertEquals("first-language", ratel.nextScreen()?.id, "the first comes at once")
                listOf(Intent.Report, Intent.Home, Intent.OpenSettings, Intent.OpenLetters).forEach(ratel::handle)
                assertEquals("letters", ratel.nextScreen()?.id)
                val waiting = async(start = CoroutineStart.UNDISPATCHED) { ratel.nextScreen() }
                assertFalse(waiting.isCompleted)
                ratel.handle(Intent.Home)
                assertEquals("first-language", waiting.await()?.id)
            }
        }
    }

    @Test
    fun `a screen that nobody waited for any more is not lost`() {
        open(folder).use { ratel ->
            runBlocking {
                ratel.nextScreen()
                val waiting = async(start = CoroutineStart.UNDISPATCHED) { ratel.nextScreen() }
                waiting.cancelAndJoin()
                ratel.handle(Intent.OpenSettings)
                assertEquals("settings", ratel.nextScreen()?.id)
                assertEquals("settings", ratel.screens().first().id, "a new collector begins with the newest")
            }
        }
    }

    @Test
    fun `a link that was stopped starts again`() {
        RelayProcess(folder.resolve("relay")).use { relay ->
            Neighbour("Fatma", folder).use { fatma ->
                runBlocking {
                    fatma.ratel.found(Founding(name = "Fatma", street = "Zonnebloemstraat", relay = relay.address))
                    fatma.online(this).cancelAndJoin()
                    val second = fatma.online(this)
                    withTimeout(PATIENCE_MS) { while (fatma.ratel.connection().lastContactS == null) delay(20) }
                    second.cancelAndJoin()
                }
            }
        }
    }
}
