using System.CommandLine;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Sampling;

namespace FastRnn.Cli.Commands;

/// <summary><c>sample DIR</c>.</summary>
internal static class SampleCommand
{
    private const float DefaultTemperature = 0.8f;
    private const int DefaultLength = 500;

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The directory of a trained model." }.NoOption();
        var prompt = new Option<string>("--prompt") { Description = "What the text begins with.", DefaultValueFactory = _ => "" };
        var length = new Option<long?>("--length") { Description = $"Bytes to write; {DefaultLength}." }.NotNegative();
        var temperature = new Option<float?>("--temperature")
        {
            Description = "Below 1 more careful, above 1 wilder; 0 always takes the likeliest byte; 0.8 unless said otherwise.",
        }.NotNegative();
        var top = new Option<int?>(
            "--top-k")
        { Description = "Choose among the k likeliest bytes only; 0 (all) unless said otherwise." }.NotNegative();
        var seed = new Option<int?>("--seed") { Description = "Of the choices; another one each time unless said otherwise." }
            .Between(int.MinValue, int.MaxValue);

        var command =
            new Command("sample", $"Writes text with a trained model. {ImportedFolder.Warning}")
            {
                folder, prompt, length, temperature, top, seed,
            };
        command.SetAction(parsed =>
        {
            var from = new ModelFolder(parsed.GetRequiredValue(folder));
            var request = new SampleRequest(
                parsed.GetValue(prompt) ?? "",
                parsed.GetValue(length) ?? DefaultLength,
                parsed.GetValue(temperature) ?? DefaultTemperature,
                parsed.GetValue(top) ?? 0,
                parsed.GetValue(seed) ?? Environment.TickCount);
            return from.Run(new SampleTask(from, request, terminal));
        });
        return command;
    }
}
