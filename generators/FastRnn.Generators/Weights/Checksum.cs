using System.Globalization;
using System.Text;

namespace FastRnn.Generators.Weights;

/// <summary>The checksum that files of the runtime carry in their metadata: four CRC-32C of every fourth word of eight bytes, over the
/// header (zeros in place of the checksum) and the numbers; then the length (the runtime's <c>FileChecksum</c>).</summary>
internal static class Checksum
{
    public const string MetadataKey = "fastrnn.checksum";

    private const int Digits = 32;
    private const int Lanes = 4;
    private const int WordBytes = 8;
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] Table = Enumerable.Range(0, 256).Select(value =>
    {
        var sum = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            sum = (sum & 1) != 0 ? (sum >> 1) ^ Polynomial : sum >> 1;
        }

        return sum;
    }).ToArray();

    /// <summary>Refuses a file that has another checksum than its metadata say.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="begin">Where its header begins.</param>
    /// <param name="headerLength">How long that is.</param>
    /// <param name="expected">What the metadata say.</param>
    /// <exception cref="BrokenFileException">It has another one.</exception>
    public static void Check(byte[] bytes, int begin, int headerLength, string expected)
    {
        var place = Find(bytes, begin, headerLength);
        if (place < 0 || expected != Of(bytes, begin, place))
        {
            throw new BrokenFileException(
                $"metadata '{MetadataKey}' does not fit: the file is damaged, or another program changed it "
                    + "(which should leave that key out)");
        }
    }

    private static string Of(byte[] bytes, int begin, int digits)
    {
        var sums = new[] { uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue };
        var length = bytes.Length - begin;
        var padded = (length / (Lanes * WordBytes) * Lanes * WordBytes) + (Lanes * WordBytes);
        for (var i = 0; i < padded; i++)
        {
            var at = begin + i;
            var value = i >= length ? 0 : at >= digits && at < digits + Digits ? '0' : bytes[at];
            ref var sum = ref sums[i / WordBytes % Lanes];
            sum = (sum >> 8) ^ Table[(byte)sum ^ value];
        }

        return string.Concat(sums.Select(sum =>
        {
            foreach (var value in BitConverter.GetBytes((long)length))
            {
                sum = (sum >> 8) ^ Table[(byte)sum ^ value];
            }

            return sum.ToString("x8", CultureInfo.InvariantCulture);
        }));
    }

    private static int Find(byte[] bytes, int begin, int length)
    {
        var before = Encoding.ASCII.GetBytes($"\"{MetadataKey}\":\"");
        for (var i = begin; i + before.Length + Digits <= begin + length; i++)
        {
            var k = 0;
            while (k < before.Length && bytes[i + k] == before[k])
            {
                k++;
            }

            if (k == before.Length)
            {
                return i + k;
            }
        }

        return -1;
    }
}
