namespace FastRnn.Cli.Progress;

/// <summary>Where a run stands.</summary>
/// <param name="Step">Steps so far.</param>
/// <param name="Progress">Done, 0 to 1.</param>
/// <param name="Loss">Nats a byte, a mean over the last steps.</param>
/// <param name="ValidationLoss">Nats a byte, when it was last measured; or null.</param>
/// <param name="GradientNorm">Of the last step, before clipping.</param>
/// <param name="BytesPerSecond">Learned.</param>
/// <param name="Remaining">Until the end.</param>
internal readonly record struct TrainingStatus(
    long Step, double Progress, double Loss, double? ValidationLoss, double GradientNorm, double BytesPerSecond, TimeSpan Remaining)
{
    /// <summary>One line, for people.</summary>
    public FormattableString Text =>
        $"step {Step,5}  loss {Loss:f3}  validation {Validation}  gradient {GradientNorm,4:f2}  {BytesPerSecond:n0} characters/s  {Left}";

    /// <summary>The same without what a bar says, for a screen of 80 columns.</summary>
    public FormattableString ShortText =>
        $"loss {Loss:f3}  valid {Validation}  grad {GradientNorm:f2}  {BytesPerSecond:n0} chars/s  {Left}";

    private string Validation => ValidationLoss is { } loss ? FormattableString.Invariant($"{loss:f3}") : "    -";

    private string Left => Remaining.TotalHours >= 1
        ? FormattableString.Invariant($"{(int)Remaining.TotalHours}:{Remaining:mm\\:ss} left")
        : FormattableString.Invariant($"{Remaining:m\\:ss} left");
}
