using System.Security.Cryptography;

using FastRnn.Cli;
using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.Files;
using FastRnn.Training;

namespace FastRnn.Fuzz.PowerLoss;

/// <summary>Opens the folder of a training run as it may be found after each moment of the run at which the power may have gone: a model
/// and a trainer that were complete on the disk once are there from then on, and never go back by a step.</summary>
internal sealed class PowerLossCheck : IDisposable
{
    private readonly HashSet<string> seen = [];
    private readonly ScratchFolder scratch = new();
    private readonly ElmanBytes model = new(seed: 1);
    private readonly Trainer<ElmanBytes> trainer;

    public PowerLossCheck(int batchSize, int sequenceLength) => trainer = model.CreateTrainer(new()
    {
        BatchSize = batchSize,
        SequenceLength = sequenceLength,
        Optimizer = new Adam(0.01f),
        ClipNorm = 5,
        Threads = 1,
    });

    /// <summary>Different contents of the folder.</summary>
    public int States => seen.Count;

    /// <summary>How many of them had a model.</summary>
    public int Models { get; private set; }

    /// <summary>The faults, one a line.</summary>
    public IEnumerable<string> Run(IReadOnlyList<DiskOperation> operations)
    {
        var disk = new Disk();
        long least = -1;
        for (var i = 0; i < operations.Count; i++)
        {
            disk.Apply(operations[i]);
            foreach (var files in disk.Found())
            {
                if (Fault(files, least) is { } fault)
                {
                    yield return $"after operation {i}, {operations[i].Action} of {operations[i].Path}: {fault}";
                }
            }

            if (operations[i].Action == DiskAction.SyncFolder)
            {
                least = Math.Max(least, CertainSteps(disk) ?? -1);
            }
        }
    }

    public void Dispose()
    {
        trainer.Dispose();
        model.Dispose();
        scratch.Dispose();
    }

    /// <summary>From when on there must be a model of at least so many steps. What is damaged then was a fault already.</summary>
    private long? CertainSteps(Disk disk)
    {
        try
        {
            return StepsOf(disk.Certain());
        }
        catch (Exception e) when (e is CommandException or ModelFileException)
        {
            return null;
        }
    }

    private string? Fault(IReadOnlyDictionary<string, byte[]> files, long least)
    {
        if (!seen.Add($"{least} {Hash(files)}"))
        {
            return null;
        }

        try
        {
            var steps = StepsOf(files);
            Models += steps is null ? 0 : 1;
            return steps is null && least >= 0 ? $"there is no model, where one of step {least} was"
                : steps < least ? $"the model is of step {steps}, where one of step {least} was"
                : null;
        }
        catch (Exception e) when (e is CommandException or ModelFileException)
        {
            return e.Message;
        }
    }

    /// <summary>The step of the trainer, if the folder has a model; the model's weights are those of a step that is no earlier.</summary>
    private long? StepsOf(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var old in Directory.GetFiles(scratch.Path))
        {
            File.Delete(old);
        }

        foreach (var (path, bytes) in files)
        {
            File.WriteAllBytes(scratch.File(Path.GetFileName(path)), bytes);
        }

        var folder = new ModelFolder(scratch.Path);
        if (!File.Exists(folder.ConfigurationPath) || !File.Exists(folder.TrainerPath))
        {
            // Before the first save is complete; a model that lacks the trainer's state can be used.
            return null;
        }

        folder.ReadConfiguration();
        folder.Load<ElmanBytes>(out _).Dispose();
        trainer.Restore(folder.TrainerPath);
        return trainer.StepCount;
    }

    private static string Hash(IReadOnlyDictionary<string, byte[]> files) => string.Join(
        ' ', files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => $"{file.Key}:{Convert.ToHexString(SHA256.HashData(file.Value))}"));
}
