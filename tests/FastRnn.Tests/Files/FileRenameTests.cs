using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>A rename that another program's grip on the file refuses for a moment, as it happens on Windows.</summary>
public sealed class FileRenameTests
{
    private const int SharingViolation = unchecked((int)0x8007_0020);

    [Fact]
    public void A_file_that_is_held_for_a_moment_is_renamed_afterwards()
    {
        var (calls, waits) = (0, new List<int>());
        Exception[] refusals =
            [new IOException("held", SharingViolation), new UnauthorizedAccessException(), new UnauthorizedAccessException()];
        FileRename.Repeat(() =>
        {
            if (calls++ < refusals.Length)
                throw refusals[calls - 1];
        }, tries: 11, waits.Add);

        Assert.Equal(4, calls);
        Assert.Equal([1, 2, 4], waits);
    }

    [Fact]
    public void One_that_stays_held_is_refused_in_the_end()
    {
        var waits = new List<int>();
        Assert.Throws<UnauthorizedAccessException>(
            () => FileRename.Repeat(() => throw new UnauthorizedAccessException(), tries: 11, waits.Add));
        Assert.Equal(1023, waits.Sum());
    }

    [Fact]
    public void What_has_another_cause_is_not_tried_again()
    {
        var calls = 0;
        Assert.Throws<IOException>(() => FileRename.Repeat(() =>
        {
            calls++;
            throw new IOException("the disk is full");
        }, tries: 11, _ => Assert.Fail("waited")));
        Assert.Equal(1, calls);
    }
}
