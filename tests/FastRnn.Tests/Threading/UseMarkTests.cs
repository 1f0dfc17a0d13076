using FastRnn.Threading;

namespace FastRnn.Tests.Threading;

public sealed class UseMarkTests
{
    private UseMark mark;

    [Fact]
    public void It_is_taken_by_one_and_given_back()
    {
        mark.Enter(this);
        Assert.Contains("Another thread is in this UseMarkTests: it serves one thread at a time",
            Assert.Throws<InvalidOperationException>(() => mark.Enter(this)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => mark.EnterLast(this));
        mark.Leave();
        mark.Enter(this);
        mark.Leave();
    }

    [Fact]
    public void Whoever_took_it_for_good_did_so_once()
    {
        Assert.True(mark.EnterLast(this));
        Assert.False(mark.EnterLast(this));
        Assert.Equal(typeof(UseMarkTests).FullName, Assert.Throws<ObjectDisposedException>(() => mark.Enter(this)).ObjectName);
    }

    [Fact]
    public void What_failed_in_the_middle_can_only_be_disposed_of()
    {
        mark.Enter(this);
        mark.Fail();
        Assert.Contains(
            "failed in the middle", Assert.Throws<InvalidOperationException>(() => mark.Enter(this)).Message, StringComparison.Ordinal);
        Assert.True(mark.EnterLast(this));
        Assert.False(mark.EnterLast(this));
        Assert.Throws<ObjectDisposedException>(() => mark.Enter(this));
    }
}
