using System.Text;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.CompilerServices;

namespace FastRnn.Cli.Sampling;

/// <summary>Writes what a model says to standard output as it comes: to a pipe its bytes, to a terminal text that does not steer
/// it.</summary>
internal sealed class SampleTask(ModelFolder folder, SampleRequest request, Terminal terminal) : IByteModelTask<int>
{
    private const int Block = 4096;

    public int Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        using var model = folder.Load<TModel>(out _);
        var prompt = Encoding.UTF8.GetBytes(request.Prompt);
        using var stream = new ByteStream<TModel>(model, prompt, request.Seed, request.Temperature, request.TopK);

        if (terminal.IsLive)
        {
            Show(stream, prompt);
            return Ending();
        }

        // A pipe wants few writes.
#pragma warning disable CA2000 // Disposing it would close standard output, which is not ours.
        var output = new BufferedStream(terminal.Bytes, Block);
#pragma warning restore CA2000
        output.Write(prompt);
        for (var i = 0L; i < request.Length && !terminal.Interrupt.IsCancellationRequested; i++)
        {
            output.WriteByte(stream.Next());
        }

        output.Flush();
        return Ending();
    }

    private void Show<TModel>(ByteStream<TModel> stream, byte[] prompt)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        var shown = new PrintableStream(terminal.Bytes);
        shown.Write(prompt);
        for (var i = 0L; i < request.Length && !terminal.Interrupt.IsCancellationRequested; i++)
        {
            shown.Write([stream.Next()]);
        }

        shown.Write("\n"u8, isEnd: true);
    }

    private int Ending() => terminal.Interrupt.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Success;
}
