using System.Reflection;

using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Memory;

/// <summary>The collector may finalize an arena as soon as its owner's last field was read, even in the middle of a method of the owner.
/// So whatever follows pointers says at its end that the owner is still there. Such a race cannot be provoked at will; the code can be looked at.</summary>
public sealed class LifetimeTests
{
    private const byte Call = 0x28;

    /// <summary>Between the call and the end only the result is put together.</summary>
    private const int EndBytes = 32;

    public static TheoryData<Type, string> Methods
    {
        get
        {
            var data = new TheoryData<Type, string>();
            Add(typeof(Session<LossOnTheCell>), "Reset", "GetState", "SetState", "GetStream", "SetStream", "Fork", "Blocks");
            Add(typeof(Bptt<LossOnTheCell>), "SetState", "GetState", "SetStateGradient", "GetStateGradient", "GetInputGradient", "ClearGradients", "Forward*", "Backward");
            Add(typeof(Trainer<LossOnTheCell>), "ResetState", "SaveWith", "Restore", "Step*", "AddBatch", "Update*", "Recompute");
            Add(typeof(Evaluator<LossOnTheCell>), "ResetState", "Run", "Evaluate*");
            Add(typeof(Predictor<LossOnTheCell>), "Run", "GetAttention");
            Add(typeof(SequenceGenerator<LossOnTheCell>), "Start", "Step*", "Generate", "Make", "GetAttention");
            return data;

            void Add(Type type, params string[] names)
            {
                foreach (var name in names)
                    data.Add(type, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Who_follows_pointers_keeps_their_owner_alive_to_the_end(Type type, string name)
    {
        // Of some names only the private overload, to which all others come, follows pointers.
        var isPrivate = name.EndsWith('*');
        var methods = type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.Name == name.TrimEnd('*') && (!isPrivate || method.IsPrivate)).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(KeepsAliveAtTheEnd(method), $"{method} does not end with GC.KeepAlive(this)"));
    }

    private static bool KeepsAliveAtTheEnd(MethodInfo method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var i = Math.Max(0, code.Length - EndBytes); i + 4 < code.Length; i++)
        {
            if (code[i] == Call && Calls(method, BitConverter.ToInt32(code, i + 1)))
                return true;
        }

        return false;
    }

    private static bool Calls(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), null) is { Name: nameof(GC.KeepAlive) } callee
                && callee.DeclaringType == typeof(GC);
        }
        catch (ArgumentException)
        {
            // Not every byte of this value is a call.
            return false;
        }
    }
}
