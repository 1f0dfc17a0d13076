using System.Buffers.Binary;

namespace FastRnn.Tables.Reading;

/// <summary>Walks through the footer of a Parquet file before Parquet.Net does, which reads on for ever where a number has no end, and
/// makes lists as long as they say. Afterwards each field that is known has the type that the format gives it, everything ends within the
/// footer, and no list says more than there are bytes.</summary>
/// <param name="footer">Its bytes, in Thrift's compact protocol.</param>
internal sealed class ParquetFooter(ReadOnlyMemory<byte> footer)
{
    private const int TailBytes = 8;
    private const int MostDepth = 16;

    // Types of Thrift, as they stand in the header of a field.
    private const int True = 1, False = 2, Byte = 3, Int16 = 4, Int32 = 5, Int64 = 6, Double = 7, Binary = 8, List = 9, Set = 10,
        Struct = 12;

    /// <summary>The fields of each structure, from 1 on: a number, a structure, or a list of one of them.</summary>
    private static readonly Dictionary<string, string[]> Structures = new[]
    {
        "File i32 [Element i64 [RowGroup [KeyValue binary [Order Encryption binary",
        "Element i32 i32 i32 binary i32 i32 i32 i32 i32 Logical",
        "Logical Empty Empty Empty Empty Decimal Empty Time Time - Integer Empty Empty Empty Empty Empty Integer",
        "Decimal i32 i32",
        "Time bool Unit",
        "Unit Empty Empty Empty",
        "Integer i8 bool",
        "Empty",
        "RowGroup [Chunk i64 i64 [Sorting i64 i64 i16",
        "Sorting i32 bool bool",
        "Chunk binary i64 Column i64 i32 i64 i32 Crypto binary",
        "Column i32 [i32 [binary i32 i64 i64 i64 [KeyValue i64 i64 i64 Statistics [Encodings i64 i32 Sizes",
        "Statistics binary binary i64 i64 binary binary bool bool",
        "Encodings i32 i32 i32",
        "Sizes i64 [i64 [i64",
        "KeyValue binary binary",
        "Order Empty",
        "Encryption Aes Aes",
        "Aes binary binary bool",
        "Crypto Empty Key",
        "Key [binary binary",
    }.Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1..]);

    private int at;

    private ReadOnlySpan<byte> Rest => footer.Span[at..];

    /// <summary>Looks at the footer of a file; the file is at its beginning afterwards.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void Check(Stream file)
    {
        Span<byte> tail = stackalloc byte[TailBytes];
        if (file.Length < TailBytes)
            throw new InvalidDataException("it is shorter than its end");
        file.Position = file.Length - TailBytes;
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > file.Length - TailBytes)
            throw new InvalidDataException(FormattableString.Invariant($"its footer claims {length} bytes of {file.Length}"));
        var bytes = new byte[length];
        file.Position = file.Length - TailBytes - length;
        file.ReadExactly(bytes);
        file.Position = 0;
        new ParquetFooter(bytes).Structure("File", 0);
    }

    /// <param name="name">Which; of one that is not known every field is taken as it comes.</param>
    /// <param name="depth">In how many others.</param>
    private void Structure(string? name, int depth)
    {
        if (depth > MostDepth)
            throw Damaged();
        var fields = name is null ? [] : Structures[name];
        for (var id = 0; Next() is var header && header != 0;)
        {
            id = header >> 4 == 0 ? (short)Zigzag(Number()) : (short)(id + (header >> 4));
            var known = id > 0 && id <= fields.Length && fields[id - 1] != "-" ? fields[id - 1] : null;
            Value(known, header & 15, depth, isField: true);
        }
    }

    private void Value(string? known, int type, int depth, bool isField)
    {
        if (known is not null && type != TypeOf(known) && !(type == False && known == "bool"))
            throw Damaged();
        switch (type)
        {
            case True or False when isField:
                break;
            case Byte:
                Skip(1);
                break;
            case Int16 or Int32 or Int64:
                Number();
                break;
            case Double:
                Skip(sizeof(double));
                break;
            case Binary:
                Skip(Number());
                break;
            case List:
                Items(known?[1..], depth);
                break;
            case Set when known is null:
                Items(null, depth);
                break;
            case Struct:
                Structure(known, depth + 1);
                break;
            default:
                // Truths in lists, and tables: the format has none, and readers do not agree on them.
                throw Damaged();
        }
    }

    private void Items(string? known, int depth)
    {
        var header = Next();
        var count = header >> 4 == 15 ? Number() : (ulong)(header >> 4);
        if (count > (ulong)Rest.Length || depth >= MostDepth)
            throw Damaged();
        for (; count > 0; count--)
            Value(known, header & 15, depth + 1, isField: false);
    }

    private static int TypeOf(string known) => known switch
    {
        "bool" => True,
        "i8" => Byte,
        "i16" => Int16,
        "i32" => Int32,
        "i64" => Int64,
        "binary" => Binary,
        _ => known[0] == '[' ? List : Struct,
    };

    private byte Next() => at < footer.Length ? footer.Span[at++] : throw Damaged();

    private void Skip(ulong count)
    {
        if (count > (ulong)Rest.Length)
            throw Damaged();
        at += (int)count;
    }

    private ulong Number()
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Next();
            number |= (ulong)(next & 127) << shift;
            if (next < 128)
                return number;
        }

        throw Damaged();
    }

    private static long Zigzag(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);

    private InvalidDataException Damaged() => new(FormattableString.Invariant($"its footer is damaged at byte {at} of {footer.Length}"));
}
