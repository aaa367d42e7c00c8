package ratel.core

import java.nio.file.Path
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** A street of three phones, each a whole core behind the bindings, and a relay in a process of its own. */
class StreetTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `R01 R02 Ria's three taps reach Ahmed, he comes, and she sees it`() {
        RelayProcess(folder.resolve("relay")).use { relay ->
            val street = listOf("Fatma", "Ria", "Ahmed").map { Neighbour(it, folder) }
            val (fatma, ria, ahmed) = street
            runBlocking {
                begin(relay, fatma, listOf(ria, ahmed))
                street.forEach { it.online(this) }
                listOf(ria, ahmed).forEach { it.isLetIn() }
                report(ria, listOf(ahmed, fatma))
                answer(ahmed, ria)
                coroutineContext.cancelChildren()
            }
            street.forEach { it.close() }
        }
    }

    /** Fatma begins the street; each neighbour has an invitation of their own, which the relay knows of. */
    private suspend fun begin(relay: RelayProcess, fatma: Neighbour, others: List<Neighbour>) {
        fatma.ratel.found(Founding(name = fatma.name, number = "12", street = "Zonnebloemstraat", relay = relay.address))
        for ((at, neighbour) in others.withIndex()) {
            val invitation = fatma.ratel.invite()
            fatma.ratel.syncOnce()
            neighbour.ratel.join(invitation, neighbour.name, "${14 + at}")
            assertEquals(Membership.WAITING, neighbour.ratel.neighbourhood().membership)
        }
    }

    private suspend fun report(ria: Neighbour, others: List<Neighbour>) {
        others.forEach { assertNull(it.ratel.screen().alarm, "nothing sounds before there is an alert") }
        ria.presses("report")
        ria.presses("kind-break-in")
        ria.presses("send")
        assertEquals(3, ria.taps)
        assertTrue(ria.ratel.alerts().single().delivery is Delivery.Draft, "stored before it is sent")
        for (neighbour in others) {
            val alarm = neighbour.waitsFor { it.alarm != null }.alarm!!
            assertEquals(Sound.DANGER to true, alarm.sound to alarm.repeats)
            val alert = neighbour.ratel.alerts().single()
            assertEquals(listOf("Ria", "14", "Zonnebloemstraat"), listOf(alert.author.name, alert.author.number, alert.place))
            assertEquals(AlertKind.BREAK_IN, alert.kind)
        }
        ria.waitsFor { ria.ratel.alerts().single().delivery == Delivery.Sent }
        assertTrue(ria.ratel.alerts().single().answers.isEmpty(), "nobody has answered")
    }

    private suspend fun answer(ahmed: Neighbour, ria: Neighbour) {
        ahmed.opensTheAlert()
        assertNull(ahmed.ratel.screen().alarm, "the sound ends when he looks")
        ahmed.presses("answer-come")
        val screen = ria.waitsFor { ria.ratel.alerts().single().answers.isNotEmpty() }
        val answered = ria.ratel.alerts().single().answers.single()
        assertEquals("Ahmed" to Answer.COME, answered.person.name to answered.answer)
        assertTrue(screen.spoken.any { "Ahmed" in it.text }, "her screen says who comes: ${screen.spoken}")
    }

    @Test
    fun `control a neighbour cannot press what a screen does not offer`() {
        Neighbour("Ria", folder).use { ria ->
            val missing = assertThrows(IllegalStateException::class.java) { ria.presses("answer-come") }
            assertTrue("Ria finds no answer-come on first-language" in missing.message!!, missing.message)
            assertEquals(0, ria.taps)
        }
    }
}
