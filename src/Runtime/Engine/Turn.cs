using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>Use of an engine's model for one frame at a time, until disposed.</summary>
internal readonly struct Turn(NacrithEngine engine, Seat seat, int threads, bool isAlone) : IDisposable
{
    /// <summary>Returns a codec for the text of frames. It must not be used after the turn.</summary>
    /// <param name="key">How to code it.</param>
    /// <param name="calls">About how many calls of the model that will take: a few are made sooner, many faster.</param>
    /// <exception cref="EnvironmentException">The model cannot be loaded.</exception>
    public TextSectionCodec TextCodec(TextCodecKey key, int calls = int.MaxValue) =>
        engine.TextCodec(key, calls, seat, threads);

    /// <summary>What coding takes.</summary>
    /// <exception cref="EnvironmentException">There is no model.</exception>
    public MemoryRule Memory() => engine.Memory;

    /// <summary>About how many calls of the model known text takes: a call reads 128 tokens of about four bytes.</summary>
    /// <param name="length">Bytes of text.</param>
    public static int CallsOfKnown(int length) => 1 + (length / 512);

    /// <summary>The same for tokens that are read one by one: none where many such calls do without ONNX Runtime.</summary>
    /// <param name="tokens">Number of tokens, about.</param>
    public static int CallsOfUnknown(int tokens) => StepModel.IsFast && tokens > StepModel.Patience ? 0 : tokens;

    /// <summary>The state of a text coder after a dictionary; learned on first use, which takes long.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">How the dictionary and the content after it are coded.</param>
    /// <param name="codec">The codec of that key, which learns it.</param>
    /// <param name="progress">Receives the tokens learned and their number; may throw to cancel.</param>
    /// <exception cref="EnvironmentException">The model cannot be loaded.</exception>
    public PreparedDictionary Prepare(
        NacrithDictionary dictionary, TextCodecKey key, TextSectionCodec codec, Action<int, int> progress) =>
        engine.Prepare(dictionary, key, codec, progress, seat);

    /// <summary>Whether text goes to the byte coder where that makes it smaller.</summary>
    public bool TriesCoders => engine.TriesCoders;

    public void Dispose() => engine.Leave(seat, isAlone);
}
