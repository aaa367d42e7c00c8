package ratel.core

import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.walk
import kotlin.io.path.writeText
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What a phone that refuses, fails or lies does to the core: errors that a person can read, and never a crash. */
class PhoneTest {
    @TempDir
    lateinit var folder: Path

    private val refusal = "The phone does not allow this. Check the settings."

    private inline fun <reified E : RatelException> fails(crossinline act: () -> Unit): String =
        assertThrows(E::class.java) { act() }.message!!

    @Test
    fun `a key that the phone refuses is an error in the person's language`() {
        val refusing =
            object : QuietPhone() {
                override fun wrappingKey() = throw PhoneException.Refused("the screen lock was removed")
            }
        assertEquals(refusal, fails<RatelException.Platform> { open(folder, refusing) })
        val dutch = fails<RatelException.Platform> { open(folder, refusing, lang = "nl") }
        assertEquals("De telefoon laat dit niet toe. Kijk bij de instellingen.", dutch)
    }

    @Test
    fun `an exception that nobody meant is an error too, and its text stays behind`() {
        val failing =
            object : QuietPhone() {
                override fun wrappingKey(): ByteArray = error("Ria de Vries")
            }
        assertEquals(refusal, fails<RatelException.Platform> { open(folder, failing) })
        val short =
            object : QuietPhone() {
                override fun wrappingKey() = ByteArray(31)
            }
        assertEquals(refusal, fails<RatelException.Platform> { open(folder, short) })
        open(folder).use { assertEquals("first-language", it.screen().id, "with a phone that works, the same folder opens") }
    }

    @Test
    fun `R02 a dialler that does not open is said, and the person can go on`() {
        val mute =
            object : QuietPhone() {
                override fun dial(number: String) = throw UnsupportedOperationException("no telephony")
            }
        open(folder, mute).use { ratel ->
            assertEquals(refusal, fails<RatelException.Platform> { ratel.handle(ratel.screen().call.action.intent) })
            ratel.handle(Intent.OpenSettings)
            assertEquals("settings", ratel.screen().id)
        }
        val phone = QuietPhone()
        open(folder, phone).use { it.handle(it.screen().call.action.intent) }
        assertEquals(listOf("112"), phone.dialled, "a dialler that works gets the number")
    }

    @Test
    fun `clocks that fail later do not stop the person`() {
        val phone =
            object : QuietPhone() {
                var broken = true

                override fun nowMs() = if (broken) error("no clock") else super.nowMs()

                override fun boot() = if (broken) error("no clock") else super.boot()

                override fun position(): Position = error("no position")
            }
        assertEquals(refusal, fails<RatelException.Platform> { open(folder, phone) })
        phone.broken = false
        open(folder, phone).use { ratel ->
            phone.broken = true
            ratel.found(Founding(name = "Fatma", street = "Zonnebloemstraat", relay = "http://127.0.0.1:9"))
            listOf(Intent.Report, Intent.ChooseKind(AlertKind.FIRE), Intent.Send).forEach(ratel::handle)
            assertEquals(AlertKind.FIRE, ratel.alerts().single().kind)
        }
    }

    @Test
    fun `R02 even an error of the JVM in the phone's code is said`() {
        val unfinished =
            object : QuietPhone() {
                override fun dial(number: String): Unit = throw NotImplementedError()
            }
        open(folder, unfinished).use { ratel ->
            assertEquals(refusal, fails<RatelException.Platform> { ratel.handle(Intent.Dial112) })
        }
        Ratel.open(Config(dataDir = folder.toString()), unfinished).use { ratel ->
            ratel.handle(Intent.Dial112)
            assertEquals("first-language", ratel.screen().id, "control: without the shield nobody hears of it")
        }
    }

    @Test
    fun `clocks that lie stop neither the person nor the link`() {
        for (nonsense in listOf(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE)) {
            val liar =
                object : QuietPhone() {
                    var lies = false

                    override fun nowMs() = if (lies) nonsense else super.nowMs()

                    override fun utcOffsetS() = if (lies) nonsense.toInt() else super.utcOffsetS()

                    override fun boot() = if (lies) BootClock("b".repeat(100_000), ULong.MAX_VALUE) else super.boot()
                }
            val here = folder.resolve("$nonsense").createDirectories()
            RelayProcess(here.resolve("relay")).use { relay ->
                open(here.resolve("fatma"), liar).use { ratel ->
                    liar.lies = true
                    ratel.found(Founding(name = "Fatma", street = "Zonnebloemstraat", relay = relay.address))
                    listOf(Intent.Report, Intent.ChooseKind(AlertKind.FIRE), Intent.Send).forEach(ratel::handle)
                    runBlocking { ratel.syncOnce() }
                    assertTrue(ratel.connection().online, "$nonsense")
                }
            }
        }
    }

    @Test
    fun `bytes that no shell of this release writes are an exception`() {
        open(folder).use { ratel ->
            val intent = FfiConverterTypeIntent.lower(Intent.Report)
            intent.asByteBuffer()!!.putInt(9999)
            val status = UniffiRustCallStatus()
            UniffiLib.uniffi_ratel_fn_method_ratel_handle(ratel.uniffiCloneHandle(), intent, status)
            assertEquals(UNIFFI_CALL_UNEXPECTED_ERROR, status.code)
            assertTrue("9999" in FfiConverterString.lift(status.error_buf))
            ratel.handle(Intent.Report)
            assertEquals("report-what", ratel.screen().id, "the core goes on")
        }
    }

    @Test
    fun `rubbish is refused with one thing to do, in the language that the person chose`() {
        open(folder).use { ratel ->
            val english = fails<RatelException.Input> { ratel.join("rubbish", "Ahmed", null) }
            ratel.handle(Intent.SetLanguage("nl"))
            val dutch = fails<RatelException.Input> { ratel.join("rubbish", "Ahmed", null) }
            assertTrue(english != dutch && english.isNotBlank() && dutch.isNotBlank(), "$english / $dutch")
            fails<RatelException.NotFound> { ratel.handle(Intent.Open("0123456789abcdef")) }
            fails<RatelException.State> { ratel.invite() }
            runBlocking { assertThrows(RatelException.State::class.java) { runBlocking { ratel.syncOnce() } } }
        }
    }

    @Test
    fun `a store of somebody else is refused and stays as it is`() {
        open(folder).use {
            it.handle(Intent.SetLetters(200u))
            it.found(Founding(name = "Fatma", street = "Zonnebloemstraat", relay = "http://127.0.0.1:9"))
        }
        val file = folder.walk().single { it.name.endsWith(".db") || it.name.endsWith(".sqlite") }
        val other =
            object : QuietPhone() {
                override fun wrappingKey() = ByteArray(32) { 8 }
            }
        fails<RatelException.Storage> { open(folder, other) }
        val foreign = folder.resolve("foreign").createDirectories().resolve(file.name)
        foreign.writeText("a shopping list")
        val before = foreign.readBytes()
        fails<RatelException.Storage> { open(foreign.parent) }
        assertArrayEquals(before, foreign.readBytes())
        open(folder).use { assertEquals(200u.toUShort(), it.screen().letters) }
    }

    @Test
    fun `a closed core answers with an exception`() {
        val ratel = open(folder)
        ratel.close()
        assertThrows(IllegalStateException::class.java) { ratel.screen() }
        assertFalse(folder.walk().none(), "the store stays")
    }
}
