using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Tests.Meetings;

/// <summary>Two threads call one object, again and again, and meet in it at moments that are drawn: one begins at any moment of the other's
/// call, while now and then a third one collects garbage. A call may be refused because of the other, and then it has done nothing; all
/// that was not refused must have the results, and leave the object, as in one order of the calls or in the other. What that is, a twin
/// says that no second thread ever meets.</summary>
/// <typeparam name="T">The object's type.</typeparam>
internal sealed class Meeting<T>
    where T : class
{
    /// <summary>After so many rounds in which nobody was refused the threads do not meet.</summary>
    private const int MostRounds = 5000;

    private readonly Func<T> create;
    private readonly Action<T> begin;
    private readonly Func<T, string> look;
    private readonly (string Name, Func<T, string> Call)[] calls;
    private volatile bool isDisposed;

    /// <param name="create">Makes an object; the same each time.</param>
    /// <param name="begin">Brings it back to its beginning.</param>
    /// <param name="look">What it holds, as a text.</param>
    /// <param name="calls">What may be done with it, and what that gives. Two threads may meet in any two of them.</param>
    public Meeting(Func<T> create, Action<T> begin, Func<T, string> look, params (string Name, Func<T, string> Call)[] calls)
    {
        (this.create, this.begin, this.look) = (create, begin, look);
        this.calls = typeof(T).IsAssignableTo(typeof(IDisposable)) ? [.. calls, ("Dispose", Dispose)] : calls;
    }

    /// <summary>How many rounds: <c>FASTRNN_MEETINGS</c>, or a few.</summary>
    public static int Rounds { get; } =
        int.Parse(Environment.GetEnvironmentVariable("FASTRNN_MEETINGS") ?? "40", NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Rounds, and more of them until somebody was refused.</summary>
    /// <param name="seed">Of calls and moments.</param>
    /// <param name="refuses">Whether the object serves one thread at a time.</param>
    public void Run(int seed, bool refuses = true)
    {
        var random = new Random(seed);
        var (subject, twin) = (create(), create());
        using var pair = new ThreadPair();
        var refused = 0;
        for (var round = 0; round < Rounds || (refuses && refused == 0 && round < MostRounds); round++)
        {
            var (a, b) = (random.Next(calls.Length), random.Next(calls.Length));
            var what = $"seed {seed}, round {round}: {calls[a].Name} and {calls[b].Name}";
            var orders = Orders(ref twin, a, b, out var ticks);

            begin(subject);
            var (first, second) = (Result.None, Result.None);
            var late = random.NextInt64(ticks + 1);
            var isFirstLate = random.Next(2) == 0;
            pair.Run(
                () => first = Result.Of(() => calls[a].Call(subject)), () => second = Result.Of(() => calls[b].Call(subject)),
                isFirstLate ? late : 0, isFirstLate ? 0 : late, collects: random.Next(8) == 0);
            var left = Result.Of(() => look(subject)).Text;
            refused += (first.IsRefused ? 1 : 0) + (second.IsRefused ? 1 : 0);
            Assert.True(
                orders.Any(order => order.Allows(first, second, left)),
                $"{what}: got {first.Text}; {second.Text}; {left}; expected one of\n{string.Join('\n', orders)}");
            Renew(ref subject);
        }

        Assert.True(!refuses || refused > 0, "No call was ever refused: the threads did not meet.");
        (subject as IDisposable)?.Dispose();
        (twin as IDisposable)?.Dispose();
    }

    /// <summary>What may come out: of one after the other, and of one alone.</summary>
    private List<Order> Orders(ref T twin, int a, int b, out long ticks)
    {
        var orders = new List<Order>();
        ticks = 0;
        foreach (var (one, other) in (ReadOnlySpan<(int, int)>)[(a, b), (b, a), (a, -1), (b, -1)])
        {
            begin(twin);
            var (object0, from) = (twin, Stopwatch.GetTimestamp());
            var first = Result.Of(() => calls[one].Call(object0)).Text;
            var second = other < 0 ? null : Result.Of(() => calls[other].Call(object0)).Text;
            ticks = Math.Max(ticks, Stopwatch.GetTimestamp() - from);
            var left = Result.Of(() => look(object0)).Text;
            orders.Add(orders.Count switch
            {
                0 => new(first, second, left),
                1 => new(second, first, left),
                2 => new(first, null, left),
                _ => new(null, first, left),
            });
            Renew(ref twin);
        }

        // Both may be refused by what the other one does to a model of both.
        begin(twin);
        var unchanged = twin;
        orders.Add(new(null, null, Result.Of(() => look(unchanged)).Text));
        Renew(ref twin);
        return orders;
    }

    /// <summary>What was disposed of is made anew.</summary>
    private void Renew(ref T one)
    {
        if (isDisposed)
            one = create();
        isDisposed = false;
    }

    private string Dispose(T one)
    {
        ((IDisposable)one).Dispose();
        isDisposed = true;
        return "gone";
    }

    /// <param name="First">The first call's result; null if it was refused.</param>
    /// <param name="Second">The other's.</param>
    /// <param name="Left">What the object holds.</param>
    private sealed record Order(string? First, string? Second, string Left)
    {
        public bool Allows(Result first, Result second, string left) =>
            First == (first.IsRefused ? null : first.Text) && Second == (second.IsRefused ? null : second.Text) && Left == left;
    }
}
