using System.Buffers.Binary;

namespace FastRnn.Samples.Music;

/// <summary>A melody as a Standard MIDI File of type 0 ("Standard MIDI Files 1.0", MIDI Manufacturers Association 1996), which any player
/// plays.</summary>
internal static class MidiFile
{
    /// <summary>Ticks of a quarter note.</summary>
    private const int Quarter = 480;

    private const byte NoteOn = 0x90, NoteOff = 0x80, Program = 0xC0, Meta = 0xFF;
    private const int LargestDelta = 0x0FFFFFFF;

    /// <summary>Writes it.</summary>
    /// <param name="notes">One after the other.</param>
    /// <param name="beatsPerBar">1 to 255, quarters.</param>
    /// <param name="beatsPerMinute">4 to 1000.</param>
    /// <param name="instrument">Of General MIDI, 0 to 127; 0 is a piano.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range; a note is no note of MIDI, or longer than a file can
    /// say.</exception>
    public static byte[] Write(IReadOnlyList<Note> notes, int beatsPerBar, int beatsPerMinute = 110, int instrument = 0)
    {
        Check(beatsPerBar, 1, 255, nameof(beatsPerBar));
        Check(beatsPerMinute, 4, 1000, nameof(beatsPerMinute));
        Check(instrument, 0, 127, nameof(instrument));

        var track = new List<byte>();
        var tempo = 60_000_000 / beatsPerMinute;
        track.AddRange([0, Meta, 0x51, 3, (byte)(tempo >> 16), (byte)(tempo >> 8), (byte)tempo]);

        // Beats of quarters (2^2 = 4), a click of the metronome a quarter, 8 thirty-seconds in a quarter.
        track.AddRange([0, Meta, 0x58, 4, (byte)beatsPerBar, 2, 24, 8]);
        track.AddRange([0, Program, (byte)instrument]);
        foreach (var note in notes)
        {
            Check(note.Pitch, 0, 127, nameof(notes));
            Check(note.Length, 1, LargestDelta / (Quarter / 2), nameof(notes));
            track.AddRange([0, NoteOn, (byte)note.Pitch, 90]);
            AddLength(track, note.Length * (Quarter / 2));
            track.AddRange([NoteOff, (byte)note.Pitch, 0]);
        }

        track.AddRange([0, Meta, 0x2F, 0]);

        var file = new byte[checked(14 + 8 + track.Count)];
        "MThd"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), 6);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(10), 1);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(12), Quarter);
        "MTrk"u8.CopyTo(file.AsSpan(14));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(18), track.Count);
        track.CopyTo(file, 22);
        return file;
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most}.");
        }
    }

    /// <summary>A number of variable length: seven bits a byte, the highest first, all but the last marked.</summary>
    private static void AddLength(List<byte> track, int value)
    {
        for (var shift = 21; shift > 0; shift -= 7)
        {
            if (value >> shift != 0)
            {
                track.Add((byte)(0x80 | (value >> shift) & 0x7F));
            }
        }

        track.Add((byte)(value & 0x7F));
    }
}
