namespace FastRnn.Tests.Meetings;

/// <summary>What a call gave.</summary>
/// <param name="Text">Its result, or its exception.</param>
/// <param name="IsRefused">Whether it ended because of the other thread.</param>
internal sealed record Result(string Text, bool IsRefused)
{
    private static readonly string[] Refusals =
    [
        "Another thread is in this ", "is being edited, or trained on another thread", "is being edited already",
        "was edited or trained on another thread during this call",
    ];

    /// <summary>Of nothing yet.</summary>
    public static Result None { get; } = new("nothing", false);

    /// <summary>Calls.</summary>
    public static Result Of(Func<string> call)
    {
        try
        {
            return new(call(), false);
        }
        catch (ObjectDisposedException)
        {
            return new("disposed", false);
        }
        catch (InvalidOperationException e) when (Refusals.Any(text => e.Message.Contains(text, StringComparison.Ordinal)))
        {
            return new(e.Message, true);
        }
#pragma warning disable CA1031 // what a call throws is compared with what it throws alone
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new($"{e.GetType().Name}: {e.Message}", false);
        }
    }
}
