namespace FastRnn.Samples.Common;

/// <summary>A sample: a small program around one model. <c>Program.Samples</c> lists them all.</summary>
internal interface ISample
{
    /// <summary>The word on the command line: <c>audio</c>.</summary>
    string Name { get; }

    /// <summary>One line for the list.</summary>
    string Summary { get; }

    /// <summary>Options of its own, besides <see cref="CommonOptions"/>.</summary>
    IReadOnlyList<Option> Options => [];

    /// <summary>Makes the data, trains within <see cref="SampleRun.Train"/>, measures, and reports figures and goals.</summary>
    /// <param name="run">Options, progress, figures, files.</param>
    /// <exception cref="SampleException">An option or a file of the user is not right.</exception>
    void Run(SampleRun run);
}
