using NAudio.Midi;

namespace FastRnn.Samples.Music;

/// <summary>A melody as a Standard MIDI File of type 0, by NAudio, which any player plays.</summary>
internal static class MelodyFile
{
    /// <summary>Ticks of a quarter note.</summary>
    private const int Quarter = 480;

    /// <summary>What a number of variable length can say.</summary>
    private const int LargestDelta = 0x0FFFFFFF;

    private const int Channel = 1, Loudness = 90, QuarterIsFourth = 2, ClicksOfMetronome = 24, ThirtySecondsOfQuarter = 8;

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
        List<MidiEvent> track =
        [
            new TempoEvent(60_000_000 / beatsPerMinute, absoluteTime: 0),
            new TimeSignatureEvent(absoluteTime: 0, beatsPerBar, QuarterIsFourth, ClicksOfMetronome, ThirtySecondsOfQuarter),
            new PatchChangeEvent(absoluteTime: 0, Channel, instrument),
        ];
        var time = 0L;
        foreach (var note in notes)
        {
            Check(note.Length, 1, LargestDelta / (Quarter / 2), nameof(notes));
            var length = note.Length * (Quarter / 2);
            track.Add(new NoteOnEvent(time, Channel, note.Pitch, Loudness, length));
            time += length;
            track.Add(new NoteEvent(time, Channel, MidiCommandCode.NoteOff, note.Pitch, velocity: 0));
        }

        track.Add(new MetaEvent(MetaEventType.EndTrack, 0, time));
        var events = new MidiEventCollection(midiFileType: 0, Quarter);
        events.AddTrack(track);
        using var file = new MemoryStream();
        MidiFile.Export(file, events);
        return file.ToArray();
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most}.");
        }
    }
}
