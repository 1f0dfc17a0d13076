namespace FastRnn.Cli.Progress;

/// <summary>What a user sees of a run.</summary>
internal interface ITrainingProgress
{
    /// <summary>A line.</summary>
    void Note(FormattableString text);

    /// <summary>A step was made.</summary>
    void Step(in TrainingStatus status);

    /// <summary>A step worth a line that stays: the validation loss was measured.</summary>
    void Mark(in TrainingStatus status);

    /// <summary>What the model writes by now.</summary>
    void Sample(string text);
}
