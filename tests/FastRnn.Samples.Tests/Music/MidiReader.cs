using System.Buffers.Binary;

using FastRnn.Samples.Music;

namespace FastRnn.Samples.Tests.Music;

/// <summary>Reads what a MIDI file says, strictly, by the words of the standard.</summary>
internal sealed class MidiReader
{
    private readonly byte[] file;
    private int place = 22;

    public MidiReader(byte[] file)
    {
        this.file = file;
        Assert.Equal("MThd"u8, file.AsSpan(0, 4));
        Assert.Equal(6, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4)));
        Assert.Equal(0, BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(8)));
        Assert.Equal(1, BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(10)));
        Division = BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(12));
        Assert.Equal("MTrk"u8, file.AsSpan(14, 4));
        Assert.Equal(file.Length - 22, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(18)));
        Read();
    }

    public int Division { get; }

    public int MicrosecondsPerQuarter { get; private set; }

    public int BeatsPerBar { get; private set; }

    public int Instrument { get; private set; }

    public List<Note> Notes { get; } = [];

    private void Read()
    {
        var (time, begin, sounding) = (0, 0, -1);
        while (true)
        {
            time += Number();
            switch (file[place++])
            {
                case 0xFF:
                    var kind = file[place++];
                    var length = Number();
                    var data = file.AsSpan(place, length);
                    place += length;
                    if (kind == 0x2F)
                    {
                        Assert.Equal(file.Length, place);
                        Assert.Equal(-1, sounding);
                        return;
                    }

                    MicrosecondsPerQuarter = kind == 0x51 ? data[0] << 16 | data[1] << 8 | data[2] : MicrosecondsPerQuarter;
                    BeatsPerBar = kind == 0x58 ? data[0] : BeatsPerBar;
                    break;
                case 0xC0:
                    Instrument = file[place++];
                    break;
                case 0x90:
                    Assert.Equal(-1, sounding);
                    (sounding, begin) = (file[place], time);
                    place += 2;
                    break;
                case 0x80:
                    Assert.Equal(sounding, file[place]);
                    Notes.Add(new Note(sounding, (time - begin) * 2 / Division));
                    sounding = -1;
                    place += 2;
                    break;
                default:
                    Assert.Fail($"byte {place - 1} is no event");
                    return;
            }
        }
    }

    private int Number()
    {
        int value = 0, next;
        do
        {
            next = file[place++];
            value = value << 7 | next & 0x7F;
        }
        while (next >= 0x80);

        return value;
    }
}
