namespace FastRnn.Tests.Memory;

public sealed unsafe class GuardPagesTests
{
    [Theory]
    [InlineData(true, 64)]
    [InlineData(true, 8192)]
    [InlineData(true, 0)]
    [InlineData(false, 64)]
    [InlineData(false, 8192)]
    [InlineData(false, 0)]
    public void A_part_stands_at_a_page_that_must_not_be_touched(bool isAtEnd, int bytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var guard = new GuardPages(isAtEnd);
        nint size = 0;
        var measured = (guard.Place(null, ref size, 128), guard.Place(null, ref size, bytes));
        var block = guard.Rent(size);
        nint offset = 0;
        Assert.Equal(measured, (guard.Place(block, ref offset, 128), guard.Place(block, ref offset, bytes)));
        Assert.Equal(size, offset);

        var part = block + measured.Item2;
        if (isAtEnd || bytes == 0)
        {
            Assert.True(IsGuarded(part + bytes));
        }

        if (!isAtEnd || bytes == 0)
        {
            Assert.True(IsGuarded(part - (bytes == 0 ? 0 : 1)));
        }

        for (var i = 0; i < bytes; i++)
        {
            Assert.Equal(0, part[i]);
        }

        Assert.True(IsGuarded(block));
        guard.Return(block, size);
    }

    /// <summary>What the system says of a page, without touching it.</summary>
    private static bool IsGuarded(byte* address)
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var words = line.Split(' ');
            var range = words[0].Split('-');
            if (Convert.ToUInt64(range[0], 16) <= (ulong)address && (ulong)address < Convert.ToUInt64(range[1], 16))
            {
                return words[1].StartsWith("---", StringComparison.Ordinal);
            }
        }

        return false;
    }
}
